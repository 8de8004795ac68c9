import { Secret, TOTP } from 'otpauth';

/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** RFC 6238 §5.2: one step back for the time of typing, one ahead for a phone whose clock is fast. */
const WINDOW = 1;

/** A new secret in base32. */
export const generateTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: string, account: string): string => totp(secret, account).toString();

/**
 * @param now milliseconds since 1970
 * @returns the time step of 30 s that the code is of; undefined where it is of none around now
 */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  const generator = totp(secret);
  const delta = generator.validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : generator.counter({ timestamp: now }) + delta;
}

/** SHA-1, six digits and steps of 30 s: what every authenticator app can do. HMAC does not need SHA-1's collision resistance. */
const totp = (secret: string, label = ''): TOTP => new TOTP({ issuer: 'Stockroom', label, secret });

import { decodeJwt } from 'jose';

interface Claims {
  /** The person that it was given to. */
  readonly sub?: string | undefined;
  /** When it expires, in seconds since 1970. */
  readonly exp?: number | undefined;
}

/** A browser sends the same token with every request of a quarter of an hour. */
const recent = new Map<string, Claims>();
const MAX_RECENT = 5_000;

/**
 * The claims of an access token (JWT, RFC 7519), unverified: only the API can verify them. The gateway decides
 * by them whether to send a token, never who the caller is.
 */
export function claimsOf(accessToken: string): Claims {
  const known = recent.get(accessToken);
  if (known) return known;
  const claims = decode(accessToken);
  if (recent.size >= MAX_RECENT) recent.clear();
  recent.set(accessToken, claims);
  return claims;
}

function decode(accessToken: string): Claims {
  try {
    return decodeJwt(accessToken);
  } catch {
    return {};
  }
}

/** A token this close to its end might expire before the API checks it. */
const EARLY_MS = 10_000;

/** @param now milliseconds since 1970 */
export const isFresh = (accessToken: string, now: number): boolean => {
  const { exp } = claimsOf(accessToken);
  return typeof exp === 'number' && now + EARLY_MS < exp * 1000;
};

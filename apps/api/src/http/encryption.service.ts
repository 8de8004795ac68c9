import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must not be readable in the database. Its keys come from the signing key (RFC 5869). */
export class EncryptionService {
  private readonly encryptionKey: Buffer;
  private readonly hmacKey: Buffer;

  constructor(signingKey: string) {
    const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', signingKey, '', `stockroom ${purpose}`, 32));
    this.encryptionKey = keyFor('sealing');
    this.hmacKey = keyFor('blinding');
  }

  /** A keyed hash (HMAC-SHA-256): the same for the same value, and of no use for guessing a short one. */
  hmac(value: string | Buffer): Buffer {
    return createHmac('sha256', this.hmacKey).update(value).digest();
  }

  /** Encrypts (AES-256-GCM). `place` is where the text will be kept: elsewhere it does not open. */
  encrypt(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, iv).setAAD(Buffer.from(place));
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  /** @throws where the text was not sealed with this key for this place */
  decrypt(sealed: string, place: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
  }
}

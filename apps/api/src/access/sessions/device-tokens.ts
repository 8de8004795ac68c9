import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DEVICE_TOKEN_SECONDS } from '#contracts';
import { EncryptionService } from '../../http/encryption.service.ts';
import { Clock } from '../clock.ts';

const VALID_MS = DEVICE_TOKEN_SECONDS * 1000;
const FORMAT = /^([\w-]{22})\.(\d{13})\.([\w-]{43})$/;

/**
 * Marks a device on which an account's password was right before ("device cookies", OWASP). The token proves nothing but
 * that: it lets the device be throttled by its own failures instead of by those of others.
 */
@Injectable()
export class DeviceTokens {
  constructor(
    private readonly encryption: EncryptionService,
    private readonly clock: Clock,
  ) {}

  /** A new token, good for one account and a year. */
  issue(email: string): string {
    const id = randomBytes(16).toString('base64url');
    const expiresAt = String(this.clock.now() + VALID_MS);
    return `${id}.${expiresAt}.${this.sign(email, id, expiresAt).toString('base64url')}`;
  }

  /** @returns the device's id; undefined where the token is not ours, has expired, or belongs to another account */
  verify(token: string | undefined, email: string): string | undefined {
    const [, id, expiresAt, signature] = FORMAT.exec(token ?? '') ?? [];
    if (id === undefined || expiresAt === undefined || signature === undefined) return undefined;
    const isOurs = timingSafeEqual(Buffer.from(signature, 'base64url'), this.sign(email, id, expiresAt));
    return isOurs && this.clock.now() < Number(expiresAt) ? id : undefined;
  }

  private sign(email: string, id: string, expiresAt: string): Buffer {
    return this.encryption.hmac(`device ${id} ${expiresAt} ${email.normalize('NFKC').toLowerCase()}`);
  }
}

import { Injectable } from '@nestjs/common';
import { EncryptionService } from '../http/encryption.service.ts';
import { generateSecret } from './request/signature.ts';

/** A webhook's secrets as the database has them. */
export interface StoredSecrets {
  id: string;
  secret: string;
  /** Null where the time is over in which it signs as well. */
  previousSecret: string | null;
}

/** Secrets that this task cannot read: SIGNING_KEY was changed since. */
export class UnreadableSecret extends Error {}

/** Makes secrets, encrypts them for the database, and reads them again. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly encryption: EncryptionService) {}

  generate(webhookId: string): { secret: string; stored: string } {
    const secret = generateSecret();
    return { secret, stored: this.encryption.encrypt(secret, placeOf(webhookId)) };
  }

  /** Those that sign, the current one first. @throws UnreadableSecret */
  read({ id, secret, previousSecret }: StoredSecrets): string[] {
    const current = this.decrypt(id, secret);
    if (current === undefined)
      throw new UnreadableSecret('SIGNING_KEY was changed since the secret was made: rotate the secret.');
    const previous = previousSecret === null ? undefined : this.decrypt(id, previousSecret);
    return previous === undefined ? [current] : [current, previous];
  }

  private decrypt(webhookId: string, stored: string): string | undefined {
    try {
      return this.encryption.decrypt(stored, placeOf(webhookId));
    } catch {
      return undefined;
    }
  }
}

const placeOf = (webhookId: string): string => `webhook ${webhookId}`;

import { Injectable } from '@nestjs/common';
import type { ApiKey, CreateApiKey, ListApiKeys, NewApiKey } from '#contracts';
import { invalidField, Problem } from '#service';
import { Database } from '../../database/database.ts';
import { type JsonResponse, created, noContent } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { requireMatch } from '../../http/etag.ts';
import { Idempotency } from '../../http/idempotency.ts';
import { Authenticator } from '../authenticator.ts';
import { Clock } from '../clock.ts';
import { hashToken, KEY_PREFIX, generateToken } from '../secrets/opaque-token.ts';
import { KEY_VERSION, KeyRepository } from './key.repository.ts';

/** How much of a key is shown later on: enough to tell it from another, too little to guess the rest. */
const PREFIX_LENGTH = KEY_PREFIX.length + 6;

@Injectable()
export class KeyService {
  constructor(
    private readonly keys: KeyRepository,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  /** The response is the only place where the key is ever shown. */
  create(context: Context, { name, role, expiresAt }: CreateApiKey): Promise<JsonResponse> {
    const end = this.parseExpiry(expiresAt);
    return this.idempotency.once(
      context,
      async (tx) => {
        const key = generateToken(KEY_PREFIX);
        const stored = { name, role, hash: hashToken(key), prefix: key.slice(0, PREFIX_LENGTH), expiresAt: end };
        const id = await this.keys.insert(tx, stored);
        const { json, etag } = (await this.keys.find(id, tx))!;
        const response: NewApiKey = { ...(JSON.parse(json) as ApiKey), key };
        return created({ json: JSON.stringify(response), etag }, `${context.path}/${id}`);
      },
      { secret: true },
    );
  }

  list(query: ListApiKeys): Promise<string> {
    return this.keys.list(query);
  }

  async remove({ ifMatch, by }: Context, id: string): Promise<JsonResponse> {
    await this.database.transaction(
      async (tx) => {
        if (!(await this.keys.lock(tx, id))) throw new Problem('not-found', `There is no API key ${id}.`);
        requireMatch(ifMatch, KEY_VERSION);
        await this.keys.remove(tx, id);
      },
      { by },
    );
    this.authenticator.clearCache();
    return noContent();
  }

  /** @throws Problem `invalid-fields` where it is not a moment in the future */
  private parseExpiry(expiresAt: string | null | undefined): Date | null {
    if (expiresAt === undefined || expiresAt === null) return null;
    const end = new Date(expiresAt);
    if (end.getTime() > this.clock.now() && end.getUTCFullYear() <= 9999) return end;
    throw invalidField('/expiresAt', 'must be in the future');
  }
}

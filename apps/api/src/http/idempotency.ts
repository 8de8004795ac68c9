import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Problem } from '#service';
import { Database, type Queryable } from '../database/database.ts';
import { JsonResponse } from './json-response.ts';
import type { Context } from './context.ts';
import { findRecorded, record, type Recorded, tryLock } from './idempotency-records.ts';
import { EncryptionService } from './encryption.service.ts';

/**
 * Runs a write once for each idempotency key (draft-ietf-httpapi-idempotency-key-header). The record is written in the
 * transaction of the effect. A refusal is recorded as well: a late copy of a request that was refused for lack of stock
 * must not succeed unnoticed.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly encryption: EncryptionService,
  ) {}

  /**
   * @param options `secret`: the request or its response holds a secret, so that neither may be read, or guessed, from the record
   * @throws Problem `key-in-use`, `key-reused`, or what the effect throws
   */
  once(
    context: Context,
    effect: (tx: Queryable) => Promise<JsonResponse>,
    { secret = false }: { secret?: boolean } = {},
  ): Promise<JsonResponse> {
    const { idempotency, caller, by } = context;
    if (!idempotency) return this.database.transaction(effect, { by });
    const { key } = idempotency;
    const own = { actorId: caller.actorId, key };
    const place = `${caller.actorId} ${key}`;
    const fingerprint = secret ? this.encryption.hmac(idempotency.fingerprint) : idempotency.fingerprint;
    const attempt = async (tx: Queryable) => {
      const [free] = await tryLock(tx, [own]);
      if (!free) throw keyInUse();
      const [recorded] = await findRecorded(tx, [own]);
      if (recorded)
        return replay(recorded, fingerprint, secret ? (body) => this.encryption.decrypt(body, place) : undefined);
      await tx.query(sql`SAVEPOINT effect`);
      const response = await effect(tx).catch(async (error: unknown) => {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        await tx.query(sql`ROLLBACK TO SAVEPOINT effect`);
        return refusal(error, context);
      });
      const kept = secret
        ? new JsonResponse(response.status, this.encryption.encrypt(response.body, place), response.headers)
        : response;
      await record(tx, [{ ...own, fingerprint, response: kept }]);
      return response;
    };
    return this.database.transaction(attempt, { by });
  }

  /** Deletes records that are older than a day. */
  async forgetOld(): Promise<void> {
    await this.database.query(sql`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`);
  }
}

export const keyInUse = (): Problem =>
  new Problem(
    'key-in-use',
    'The first request with this Idempotency-Key is still running; send this one again after a second.',
    { headers: { 'retry-after': '1' } },
  );

/** The first response again. @throws Problem `key-reused` where the request is another one */
export function replay(recorded: Recorded, fingerprint: Buffer, open = (body: string) => body): JsonResponse {
  if (!recorded.fingerprint.equals(fingerprint)) {
    throw new Problem(
      'key-reused',
      'This Idempotency-Key was used for another request within the last 24 hours. Use a new key.',
    );
  }
  return new JsonResponse(recorded.status, open(recorded.body), {
    ...recorded.headers,
    'idempotency-replayed': 'true',
  });
}

/** A refusal as the response that is sent and recorded. */
export const refusal = (problem: Problem, { path, requestId }: Context): JsonResponse =>
  new JsonResponse(problem.status, JSON.stringify(problem.body(path, requestId)), {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...problem.extra.headers,
  });

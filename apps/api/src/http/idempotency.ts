import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Problem } from '#service';
import { Database, isRetryable, type Queryable, sqlState } from '../database/database.ts';
import { Answer } from './answer.ts';
import type { Context } from './context.ts';
import { Sealer } from './sealer.ts';

/** A record of `idempotency_key`, as far as a later request with the same key needs it. */
export interface Recorded {
  fingerprint: Buffer;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Runs a write once for each idempotency key (draft-ietf-httpapi-idempotency-key-header). The record is written in the
 * transaction of the effect. A refusal is recorded as well: a late copy of a request that was told «not enough stock»
 * must not succeed behind its sender's back.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /**
   * @param options `secret`: the request or its answer holds a secret, so that neither may be read, or guessed, from the record
   * @throws Problem `key-in-use`, `key-reused`, or what the effect throws
   */
  once(
    context: Context,
    effect: (tx: Queryable) => Promise<Answer>,
    { secret = false }: { secret?: boolean } = {},
  ): Promise<Answer> {
    const { idempotency, caller } = context;
    if (!idempotency) return this.database.transaction(effect);
    const { key } = idempotency;
    const place = `${caller.actorId} ${key}`;
    const fingerprint = secret ? this.sealer.blind(idempotency.fingerprint) : idempotency.fingerprint;
    return this.database.transaction(async (tx) => {
      const lock = await tx.first<{ free: boolean }>(
        sql`SELECT pg_try_advisory_xact_lock(${lockOf(caller.actorId, key)}::bigint) AS free`,
      );
      if (!lock!.free) throw keyInUse();
      const recorded = await tx.first<Recorded>(sql`
        SELECT request_hash AS fingerprint, status, headers, body FROM idempotency_key
        WHERE actor_id = ${caller.actorId} AND key = ${key} AND created_at > now() - interval '24 hours'`);
      if (recorded) return replay(recorded, fingerprint, secret ? (body) => this.sealer.open(body, place) : undefined);
      await tx.query(sql`SAVEPOINT effect`);
      const answer = await effect(tx).catch(async (error: unknown) => {
        if (
          !(error instanceof Problem) ||
          error.status >= 500 ||
          isRetryable(error) ||
          sqlState(error)?.startsWith('40')
        )
          throw error;
        await tx.query(sql`ROLLBACK TO SAVEPOINT effect`);
        return refusal(error, context);
      });
      const body = secret ? this.sealer.seal(answer.body, place) : answer.body;
      await tx.query(sql`
        INSERT INTO idempotency_key (actor_id, key, request_hash, status, headers, body)
        VALUES (${caller.actorId}, ${key}, ${fingerprint}, ${answer.status}, ${JSON.stringify(answer.headers)}, ${body})
        ON CONFLICT (actor_id, key) DO UPDATE
        SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()`);
      return answer;
    });
  }

  /** Forgets what is older than a day. */
  async forgetOld(): Promise<void> {
    await this.database.query(sql`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`);
  }
}

export const keyInUse = (): Problem =>
  new Problem(
    'key-in-use',
    'The first request with this Idempotency-Key is still running; send this one again in a moment.',
    { headers: { 'retry-after': '1' } },
  );

/** The first answer again. @throws Problem `key-reused` where the request is another one */
export function replay(recorded: Recorded, fingerprint: Buffer, open = (body: string) => body): Answer {
  if (!recorded.fingerprint.equals(fingerprint)) {
    throw new Problem(
      'key-reused',
      'This Idempotency-Key was used for another request within the last 24 hours. Use a new key.',
    );
  }
  return new Answer(recorded.status, open(recorded.body), { ...recorded.headers, 'idempotency-replayed': 'true' });
}

/** A refusal as the answer that is sent and recorded. */
export const refusal = (problem: Problem, { path, requestId }: Context): Answer =>
  new Answer(problem.status, JSON.stringify(problem.body(path, requestId)), {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...problem.extra.headers,
  });

/** The advisory lock of one caller's key: 64 bits (FNV-1a), so that two keys all but never share one. */
export function lockOf(actorId: string, key: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(`${actorId} ${key}`))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return BigInt.asIntN(64, hash).toString();
}

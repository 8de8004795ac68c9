import sql from 'sql-template-tag';
import type { Queryable } from '../database/database.ts';
import type { JsonResponse } from './json-response.ts';

/** One caller's idempotency key. */
export interface ActorKey {
  actorId: string;
  key: string;
}

/** A record of `idempotency_key`, as far as a later request with the same key needs it. */
export interface Recorded {
  fingerprint: Buffer;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Takes each key for this transaction, without waiting. @returns for each, in order, whether it was free */
export async function tryLock(tx: Queryable, keys: ActorKey[]): Promise<boolean[]> {
  const rows = await tx.query<{ free: boolean }>(sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(key, 0)) AS free
    FROM unnest(${keys.map(({ actorId, key }) => `${actorId} ${key}`)}::text[]) WITH ORDINALITY AS wanted(key, n) ORDER BY n`);
  return rows.map(({ free }) => free);
}

/** What is recorded for each key, in order. The caller holds the keys' locks. */
export async function findRecorded(tx: Queryable, keys: ActorKey[]): Promise<(Recorded | undefined)[]> {
  const rows = await tx.query<Recorded & { n: string }>(sql`
    SELECT wanted.n, request_hash AS fingerprint, status, headers, body
    FROM unnest(${keys.map(({ actorId }) => actorId)}::uuid[], ${keys.map(({ key }) => key)}::text[]) WITH ORDINALITY AS wanted(actor_id, key, n)
    JOIN idempotency_key USING (actor_id, key)
    WHERE created_at > now() - interval '24 hours'`);
  const byNumber = new Map(rows.map((row) => [Number(row.n), row]));
  return keys.map((_, n) => byNumber.get(n + 1));
}

/** Records responses; replaces those that are older than a day. */
export async function record(
  tx: Queryable,
  records: (ActorKey & { fingerprint: Buffer; response: JsonResponse })[],
): Promise<void> {
  await tx.query(sql`
    INSERT INTO idempotency_key (actor_id, key, request_hash, status, headers, body)
    SELECT * FROM unnest(${records.map(({ actorId }) => actorId)}::uuid[], ${records.map(({ key }) => key)}::text[],
      ${records.map(({ fingerprint }) => fingerprint)}::bytea[], ${records.map(({ response }) => response.status)}::smallint[],
      ${records.map(({ response }) => JSON.stringify(response.headers))}::jsonb[], ${records.map(({ response }) => response.body)}::text[])
    ON CONFLICT (actor_id, key) DO UPDATE
    SET request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()`);
}

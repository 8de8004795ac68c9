import type pg from 'pg';
import { firstOf } from './first-of.ts';

/** 0: no limit. */
export interface SessionLimits {
  statementTimeoutMs: number;
  lockTimeoutMs: number;
  /** The server must be a replica. Default: it must be one that takes writes. */
  isReplica?: boolean;
}

/** What was found out about a new connection. */
export interface OpenedSession {
  /** Whether the session is PostgreSQL's own. */
  own: boolean;
  isReplica: boolean;
}

/** After this long in an open transaction without a statement, PostgreSQL ends the session, and its locks with it. */
export const IDLE_IN_TRANSACTION_MS = 30_000;

const OPEN = `
  SELECT pg_backend_pid() = $1 AS own, pg_is_in_recovery() AS "isReplica", set_config('timezone', 'UTC', false),
    CASE WHEN pg_backend_pid() = $1
      THEN (SELECT count(set_config(name, value, false)) FROM unnest($2::text[], $3::text[]) AS setting (name, value))
    END`;

/**
 * Gives a new connection its time zone and limits, where it is a session of PostgreSQL's own. A pooler in transaction mode,
 * such as PgBouncer, gives each transaction another session: there the limits of the role apply, which the migrate command
 * sets; the time zone PgBouncer keeps for each client. Nothing is sent as a startup parameter, because poolers refuse these.
 *
 * A pooler is recognised by the process id in its BackendKeyData (PostgreSQL, "Message Formats"), which is not the session's.
 */
export async function openSession(
  client: pg.PoolClient,
  run: (statement: pg.QueryConfig) => Promise<pg.QueryResult<OpenedSession>>,
  { statementTimeoutMs, lockTimeoutMs }: SessionLimits,
): Promise<OpenedSession> {
  const settings = {
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  const { processID } = client as pg.PoolClient & { processID: number };
  const { rows } = await run({ text: OPEN, values: [processID, Object.keys(settings), Object.values(settings)] });
  return firstOf(rows);
}

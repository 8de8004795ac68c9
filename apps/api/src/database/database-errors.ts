import pg from 'pg';
import { Problem } from '#service';

/** SQLSTATEs after which PostgreSQL asks for the transaction to be run again: serialization_failure, deadlock_detected. */
const RETRYABLE = new Set(['40001', '40P01']);

/**
 * SQLSTATEs that say that the server cannot do it now: connection exceptions (08), too few resources (53), an operator's
 * intervention, shutdown, failover and statement_timeout (57), a writer that has become a reader
 * (25006), and a transaction that was ended because it was idle or took too long (25P03, 25P04).
 */
const UNAVAILABLE = /^(08|53|57|25006|25P03|25P04)/;

/** Of these, the ones after which the session is over, or leads to a server that takes no writes. */
const ENDS_SESSION = /^(08|57P0|25006|25P03|25P04)/;

/** SQLSTATEs of values that PostgreSQL cannot read: malformed, out of range, not representable. */
const MALFORMED = /^22(P02|P05|021|003|007|008)$/;

/** lock_timeout passed. */
export const LOCK_NOT_AVAILABLE = '55P03';
/** statement_timeout passed, or an operator cancelled the statement. */
export const QUERY_CANCELED = '57014';
/** The message for a request that waited too long for a lock. */
export const LOCK_HELD = 'Another request is changing the same data; send this one again after a second.';

export const isRetryable = (error: unknown): boolean => RETRYABLE.has(sqlState(error) ?? '');

/** The SQLSTATE of PostgreSQL's error, also of the cause of a Problem. */
export function sqlState(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : cause ? sqlState(cause) : undefined;
}

/** The constraint that PostgreSQL says was violated, or undefined. */
export const violatedConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined;

/**
 * Whether the connection that a statement failed on must not be used again. Every failure that is not an error message
 * of PostgreSQL's is one: the socket is closed, nothing came in time, or what came is not the protocol.
 */
export const endsConnection = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || !error.code || ENDS_SESSION.test(error.code);

/** 503 for what may be sent again after a second. */
export const unavailable = (cause: unknown, detail = 'The database is not available right now.'): Problem =>
  new Problem('unavailable', detail, { headers: { 'retry-after': '1' }, cause });

/**
 * Throws what a failed statement means to the client: 503 where the database is not available, 400 for a value that
 * PostgreSQL cannot read. What is left is a fault of this program, or a violation that the caller knows by its constraint.
 */
export function throwAsProblem(error: unknown): never {
  if (error instanceof Problem) throw error;
  const state = sqlState(error) ?? '';
  if (state === LOCK_NOT_AVAILABLE) throw unavailable(error, LOCK_HELD);
  if (endsConnection(error) || UNAVAILABLE.test(state)) throw unavailable(error);
  if (MALFORMED.test(state)) throw new Problem('malformed-request', 'A value has an invalid format.', { cause: error });
  throw error;
}

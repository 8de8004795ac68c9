import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Problem } from '#service';
import type { ReadSource } from '../connection.ts';
import { Database, type DatabaseOptions, type Queryable } from '../database.ts';
import { isRetryable, QUERY_CANCELED, sqlState } from '../database-errors.ts';
import { firstOf } from '../first-of.ts';

export interface ReplicaOptions {
  url: string;
  /** The oldest state that a read may show, in milliseconds. */
  maxLagMs: number;
}

const BEAT_MS = 1_000;
/** Where the replica is unreachable, reads go to the primary soon. */
const CONNECTION_TIMEOUT_MS = 2_000;

/**
 * Reads that may show a state some seconds old. They go to a streaming replica, and to the primary where the replica is
 * unreachable, further behind than `maxLagMs`, or no replica any more.
 *
 * Its age is known from a heartbeat: once a second the primary's clock is written to a row. What the replica shows of that
 * row is a time up to which it has every change. A replica that was promoted receives no heartbeat, so even before its
 * promotion is noticed it shows nothing older than any other read.
 */
export class ReadReplica implements ReadSource {
  private readonly logger = new Logger('replica');
  private readonly ended = new AbortController();
  private database: Database;
  private watching: Promise<void> | undefined;
  /** The primary's clock minus `performance.now()`, once a heartbeat was written. */
  private clockOffset: number | undefined;
  /** The heartbeat that the replica showed last, by the primary's clock; undefined: it cannot be used. */
  private beatAt: number | undefined;
  private lastNotice = '';

  constructor(
    private readonly primary: Database,
    private readonly options: DatabaseOptions,
    private readonly replica: ReplicaOptions,
  ) {
    this.database = this.open();
  }

  /** How old the state of the replica may be, in milliseconds; undefined where it is not known. */
  get ageMs(): number | undefined {
    if (this.beatAt === undefined || this.clockOffset === undefined) return undefined;
    return Math.max(0, performance.now() + this.clockOffset - this.beatAt);
  }

  /** What reads may use now: the replica, where it is near enough. */
  get source(): Database {
    const { ageMs } = this;
    return ageMs !== undefined && ageMs <= this.replica.maxLagMs ? this.database : this.primary;
  }

  /** Runs a read on the replica, and once more on the primary where the replica fails. */
  async on<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { source } = this;
    try {
      return await work(source);
    } catch (error) {
      if (source === this.primary || !isFailureOfServer(error)) throw error;
      return work(this.primary);
    }
  }

  query<Row extends object>(statement: Sql): Promise<Row[]> {
    return this.on((database) => database.query<Row>(statement));
  }

  async first<Row extends object>(statement: Sql): Promise<Row | undefined> {
    return (await this.query<Row>(statement))[0];
  }

  async one<Row extends object>(statement: Sql): Promise<Row> {
    return firstOf(await this.query<Row>(statement));
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.on((database) => database.transaction(work));
  }

  start(): void {
    this.watching ??= this.watch();
  }

  async close(): Promise<void> {
    this.ended.abort();
    await this.watching;
    await this.database.close();
  }

  private open(): Database {
    const { url } = this.replica;
    return new Database({ ...this.options, url, isReplica: true, connectionTimeoutMs: CONNECTION_TIMEOUT_MS });
  }

  private async watch(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      await Promise.all([this.beat(), this.look()]);
      this.notice();
      await sleep(BEAT_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Where the primary is unreachable, the last heartbeat grows old, and the replica is not used any more. */
  private async beat(): Promise<void> {
    // Before it is sent, so that the age is never taken for less than it is.
    const sentAt = performance.now();
    const beat = await this.primary
      .one<{ at: number }>(
        sql`UPDATE replica_heartbeat SET beat_at = clock_timestamp() RETURNING ${MILLISECONDS} AS at`,
      )
      .catch(() => undefined);
    if (beat) this.clockOffset = beat.at - sentAt;
  }

  private async look(): Promise<void> {
    try {
      const row = await this.database.one<{ at: number; isReplica: boolean }>(
        sql`SELECT ${MILLISECONDS} AS at, pg_is_in_recovery() AS "isReplica" FROM replica_heartbeat`,
      );
      if (!row.isReplica) return this.leavePromoted();
      this.beatAt = row.at;
    } catch {
      this.beatAt = undefined;
    }
  }

  /** Its connections lead to a server that takes writes now. New ones are refused until the URL leads to a replica again. */
  private leavePromoted(): void {
    this.beatAt = undefined;
    void this.database.close().catch(() => undefined);
    this.database = this.open();
  }

  private notice(): void {
    const notice = this.source === this.primary ? 'The read replica is unreachable or too far behind: reads go to the primary.' : 'Reads go to the read replica.'; // prettier-ignore
    if (notice !== this.lastNotice) this.logger.log(notice);
    this.lastNotice = notice;
  }
}

const MILLISECONDS = sql`(extract(epoch FROM beat_at) * 1000)::double precision`;

/**
 * Whether the same read may succeed on another server. Not where it took too long: it would there, too. A read that
 * conflicts with what the replica has to replay is canceled as a serialization failure (PostgreSQL, "Hot Standby").
 */
const isFailureOfServer = (error: unknown): boolean =>
  isRetryable(error) ||
  (error instanceof Problem && error.kind === 'unavailable' && sqlState(error) !== QUERY_CANCELED);

import { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import copy from 'pg-copy-streams';
import type { Sql } from 'sql-template-tag';
import type { Consistency } from '#contracts';
import { endSpan, Problem } from '#service';
import type { Connection, Server } from '../database/connection.ts';
import { Database, throwAsProblem } from '../database/database.ts';
import { startStatementSpan } from '../database/statement-span.ts';
import { Download } from './download.ts';

/** A download may take as long as its reader, up to an hour; a reader that has disconnected is noticed within a second. */
const BEGIN = `BEGIN READ ONLY; SET LOCAL timezone = 'UTC'; SET LOCAL statement_timeout = 0;
  SET LOCAL transaction_timeout = 3600000; SET LOCAL client_connection_check_interval = 1000`;
/** Connections of their own: a download never holds one that other requests wait for. */
const AT_ONCE = 6;
const AT_ONCE_PER_CALLER = 2;
/** A reader that takes nothing for this long has stopped. */
const STALLED_MS = 30_000;
/** Where others wait, readers that take fewer bytes a second are ended. */
const SLOW_BYTES_PER_SECOND = 16 * 1024;

/** Streams CSV to callers, most of it the rows of a query from PostgreSQL, as fast as it is read and no faster. */
@Injectable()
export class CsvDownload implements OnApplicationShutdown {
  /** By the server whose connections they have: the primary, or a replica. */
  private readonly pools = new Map<Server, pg.Pool>();
  private readonly running = new Set<Download>();
  /** Whose downloads wait for a connection. */
  private readonly opening: string[] = [];

  /** In milliseconds. */
  now = () => Date.now();

  constructor(private readonly database: Database) {}

  /**
   * @param rows its `query`'s values may be text only: they become part of the statement, since COPY takes no parameters
   * @throws Problem `unavailable` where the caller has two running already, or all others have
   */
  async send(
    reply: FastifyReply,
    actorId: string,
    filename: string,
    { query, consistency = 'strong' }: { query: Sql; consistency?: Consistency },
  ): Promise<StreamableFile> {
    const stream = await this.open(actorId, query, consistency);
    return respond(reply, filename, stream);
  }

  /** The same for CSV that is not the result of one query. @throws Problem `unavailable` */
  sendText(reply: FastifyReply, actorId: string, filename: string, text: AsyncIterable<string>): StreamableFile {
    this.admit(actorId);
    const stream = Readable.from(text, { objectMode: false });
    this.watch(new Download(actorId, stream, () => this.now()));
    return respond(reply, filename, stream);
  }

  private async open(actorId: string, query: Sql, consistency: Consistency): Promise<copy.CopyToStreamQuery> {
    this.admit(actorId);
    this.opening.push(actorId);
    try {
      const connection = await this.database
        .source(consistency)
        .on((server) => this.begin(server))
        .catch(throwAsProblem);
      const span = startStatementSpan({ text: 'COPY' });
      const stream = connection.client.query(copy.to(`COPY (${written(query)}) TO STDOUT (FORMAT csv, HEADER)`));
      // A connection that breaks while it is checked out would otherwise end the process.
      const onError = (error: Error) => void stream.destroy(error);
      connection.client.on('error', onError);
      stream.once('close', () => {
        if (span) endSpan(span, stream.readableEnded ? undefined : 'aborted');
        connection.client.off('error', onError);
        // A connection whose rows were not all read cannot be reused; closing it ends the query.
        if (!stream.readableEnded) return connection.release(true);
        void connection.commit().then(
          () => connection.release(),
          () => connection.release(true),
        );
      });
      this.watch(new Download(actorId, stream, () => this.now()));
      return stream;
    } finally {
      this.opening.splice(this.opening.indexOf(actorId), 1);
    }
  }

  private async begin(server: Server): Promise<Connection> {
    const pool = this.pools.get(server) ?? server.createPool({ max: AT_ONCE });
    this.pools.set(server, pool);
    const connection = await server.checkOut(pool);
    try {
      await connection.client.query(BEGIN);
      return connection;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }

  private watch(download: Download): void {
    const { stream } = download;
    this.running.add(download);
    const checking = setInterval(() => {
      if (this.now() - download.lastReadAt > STALLED_MS) stream.destroy(new Error('The reader stopped reading.'));
    }, STALLED_MS / 4).unref();
    stream.once('close', () => {
      clearInterval(checking);
      this.running.delete(download);
    });
  }

  /**
   * Frees a connection where none is left: a slow reader is ended, or one of a caller that has more than one while this one has none.
   * @throws Problem `unavailable`
   */
  private admit(actorId: string): void {
    const countOf = (id: string) => callers.filter((caller) => caller === id).length;
    const callers = [...this.opening, ...[...this.running].map((download) => download.actorId)];
    if (countOf(actorId) >= AT_ONCE_PER_CALLER)
      throw unavailable(`${AT_ONCE_PER_CALLER} of your downloads are running already.`);
    if (callers.length < AT_ONCE) return;
    const [slowest] = [...this.running]
      .filter(
        ({ rate, actorId: owner }) =>
          rate < SLOW_BYTES_PER_SECOND || (rate < Infinity && countOf(owner) > countOf(actorId) + 1),
      )
      .sort((a, b) => a.rate - b.rate);
    if (!slowest) throw unavailable(`${AT_ONCE} downloads are running already.`);
    slowest.stream.destroy(new Error('Others waited for the place of this download.'));
    this.running.delete(slowest);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end()));
  }
}

function respond(reply: FastifyReply, filename: string, stream: Readable): StreamableFile {
  reply.headers({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${filename}"`,
  });
  return new StreamableFile(stream);
}

const unavailable = (detail: string) => new Problem('unavailable', detail, { headers: { 'retry-after': '5' } });

const written = ({ strings, values }: Sql): string =>
  strings.map((text, n) => (n === 0 ? text : pg.escapeLiteral(String(values[n - 1])) + text)).join('');

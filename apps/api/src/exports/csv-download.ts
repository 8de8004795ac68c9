import { Injectable, type OnApplicationShutdown, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import copy from 'pg-copy-streams';
import type { Sql } from 'sql-template-tag';
import { Problem } from '#service';
import { Database, throwAsProblem } from '../database/database.ts';

/** A download may take as long as its reader, up to an hour; a server whose reader is gone notices within a second. */
const SETTINGS =
  '-c timezone=UTC -c statement_timeout=0 -c transaction_timeout=3600000 -c client_connection_check_interval=1000';
/** Connections of their own: a download never holds one that other requests wait for. */
const AT_ONCE = 6;
const AT_ONCE_PER_CALLER = 2;
/** A reader that takes nothing for this long has stopped. */
const STALLED_MS = 30_000;
/** Readers that take fewer bytes a second are ended where others wait, after a time to get going. */
const SLOW = 16 * 1024;
const GRACE_MS = 10_000;

interface Download {
  actorId: string;
  stream: copy.CopyToStreamQuery;
  begun: number;
  bytes: number;
  /** When the reader last took something. */
  active: number;
}

/** Streams the rows of a query as CSV from PostgreSQL to the caller, as fast as they are read and no faster. */
@Injectable()
export class CsvDownload implements OnApplicationShutdown {
  private pool: pg.Pool | undefined;
  private readonly running = new Set<Download>();
  /** Whose downloads wait for a connection. */
  private readonly opening: string[] = [];

  constructor(private readonly database: Database) {}

  /**
   * @param query its values may be text only: they become part of the statement, since COPY takes no parameters
   * @throws Problem `unavailable` where the caller has two running already, or all others have
   */
  async send(reply: FastifyReply, actorId: string, filename: string, query: Sql): Promise<StreamableFile> {
    const stream = await this.open(actorId, query);
    reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${filename}"`,
    });
    return new StreamableFile(stream);
  }

  private async open(actorId: string, query: Sql): Promise<copy.CopyToStreamQuery> {
    this.admit(actorId);
    this.opening.push(actorId);
    try {
      this.pool ??= this.database.createPool({ max: AT_ONCE, options: SETTINGS });
      const client = await this.pool.connect().catch(throwAsProblem);
      const stream = client.query(copy.to(`COPY (${written(query)}) TO STDOUT (FORMAT csv, HEADER)`));
      this.watch(client, { actorId, stream, begun: Date.now(), bytes: 0, active: Date.now() });
      return stream;
    } finally {
      this.opening.splice(this.opening.indexOf(actorId), 1);
    }
  }

  private watch(client: pg.PoolClient, download: Download): void {
    const { stream } = download;
    this.running.add(download);
    // A connection that breaks while it is checked out would otherwise end the process.
    const onError = (error: Error) => void stream.destroy(error);
    client.on('error', onError);
    const checking = setInterval(() => {
      if (Date.now() - download.active > STALLED_MS) stream.destroy(new Error('The reader stopped reading.'));
    }, STALLED_MS / 4).unref();
    countReads(download);
    stream.once('close', () => {
      clearInterval(checking);
      this.running.delete(download);
      client.off('error', onError);
      // A connection whose rows were not all read is of no more use; closing it ends the query.
      client.release(!stream.readableEnded);
    });
  }

  private admit(actorId: string): void {
    const callers = [...this.opening, ...[...this.running].map((download) => download.actorId)];
    if (callers.filter((caller) => caller === actorId).length >= AT_ONCE_PER_CALLER)
      throw unavailable(`${AT_ONCE_PER_CALLER} of your downloads are running already.`);
    if (callers.length < AT_ONCE) return;
    const slowest = [...this.running].filter(isSlow).sort((a, b) => rateOf(a) - rateOf(b))[0];
    if (!slowest) throw unavailable(`${AT_ONCE} downloads are running already.`);
    slowest.stream.destroy(new Error('The reader was too slow while others waited.'));
    this.running.delete(slowest);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }
}

/** All that takes bytes out of a stream, a pipe included, does so with `read`. */
function countReads(download: Download): void {
  const { stream } = download;
  const read = stream.read.bind(stream);
  stream.read = (size?: number) => {
    const chunk = read(size) as Buffer | null;
    if (chunk) {
      download.bytes += chunk.length;
      download.active = Date.now();
    }
    return chunk;
  };
}

const unavailable = (detail: string) => new Problem('unavailable', detail, { headers: { 'retry-after': '5' } });

/** Bytes a second since the download began. */
const rateOf = ({ bytes, begun }: Download): number => (bytes * 1000) / Math.max(1, Date.now() - begun);
const isSlow = (download: Download): boolean => Date.now() - download.begun > GRACE_MS && rateOf(download) < SLOW;

const written = ({ strings, values }: Sql): string =>
  strings.map((text, n) => (n === 0 ? text : pg.escapeLiteral(String(values[n - 1])) + text)).join('');

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
const AT_ONCE = 2;

/** Streams the rows of a query as CSV from PostgreSQL to the caller, as fast as they are read and no faster. */
@Injectable()
export class CsvDownload implements OnApplicationShutdown {
  private pool: pg.Pool | undefined;
  private running = 0;

  constructor(private readonly database: Database) {}

  /**
   * @param query its values may be text only: they become part of the statement, since COPY takes no parameters
   * @throws Problem `unavailable` while two others run
   */
  async send(reply: FastifyReply, filename: string, query: Sql): Promise<StreamableFile> {
    const stream = await this.open(query);
    reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${filename}"`,
    });
    return new StreamableFile(stream);
  }

  private async open(query: Sql): Promise<copy.CopyToStreamQuery> {
    if (this.running === AT_ONCE) {
      throw new Problem('unavailable', `${AT_ONCE} downloads are running already.`, {
        headers: { 'retry-after': '5' },
      });
    }
    this.running++;
    this.pool ??= this.database.createPool({ max: AT_ONCE, options: SETTINGS });
    const client = await this.pool.connect().catch((error: unknown) => {
      this.running--;
      return throwAsProblem(error);
    });
    const stream = client.query(copy.to(`COPY (${written(query)}) TO STDOUT (FORMAT csv, HEADER)`));
    stream.once('close', () => {
      this.running--;
      // A connection whose rows were not all read is of no more use; closing it ends the query.
      client.release(!stream.readableEnded);
    });
    return stream;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }
}

const written = ({ strings, values }: Sql): string =>
  strings.map((text, n) => (n === 0 ? text : pg.escapeLiteral(String(values[n - 1])) + text)).join('');

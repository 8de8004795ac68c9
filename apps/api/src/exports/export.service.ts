import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { ExportOptions } from '#contracts';
import type { Context } from '../http/context.ts';
import { CsvDownload } from './csv-download.ts';
import { type ExportFormat, itemRows, movementRows, stockRows } from './export.queries.ts';

/** Decimals of the deployment's currency. */
export const MONEY_SCALE = Symbol('MONEY_SCALE');

@Injectable()
export class ExportService {
  constructor(
    private readonly downloads: CsvDownload,
    @Inject(MONEY_SCALE) private readonly scale: number,
  ) {}

  items({ caller }: Context, query: ExportOptions, reply: FastifyReply) {
    const where = sql`WHERE item.archived_at IS NULL`;
    return this.send(reply, caller, 'items.csv', query, itemRows(this.formatOf(query), where));
  }

  stock({ caller }: Context, query: ExportOptions, reply: FastifyReply) {
    return this.send(reply, caller, 'stock.csv', query, stockRows(this.formatOf(query), empty));
  }

  movements({ caller }: Context, query: ExportOptions, reply: FastifyReply) {
    return this.send(reply, caller, 'movements.csv', query, movementRows(this.formatOf(query), empty));
  }

  private send(
    reply: FastifyReply,
    { actorId }: Context['caller'],
    filename: string,
    { consistency = 'eventual' }: ExportOptions,
    query: Sql,
  ) {
    return this.downloads.send(reply, actorId, filename, { query, consistency });
  }

  private formatOf({ spreadsheet = false }: ExportOptions): ExportFormat {
    return { scale: this.scale, spreadsheet };
  }
}

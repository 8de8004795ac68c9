import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import sql, { empty } from 'sql-template-tag';
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
    return this.downloads.send(reply, caller.actorId, 'items.csv', itemRows(this.formatOf(query), where));
  }

  stock({ caller }: Context, query: ExportOptions, reply: FastifyReply) {
    return this.downloads.send(reply, caller.actorId, 'stock.csv', stockRows(this.formatOf(query), empty));
  }

  movements({ caller }: Context, query: ExportOptions, reply: FastifyReply) {
    return this.downloads.send(reply, caller.actorId, 'movements.csv', movementRows(this.formatOf(query), empty));
  }

  private formatOf({ spreadsheet = false }: ExportOptions): ExportFormat {
    return { scale: this.scale, spreadsheet };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { ExportItems, ExportMovements, ExportOptions, ExportStock } from '#contracts';
import { itemFilters } from '../catalog/item-filters.ts';
import { searchCondition } from '../catalog/item-search.ts';
import { Database } from '../database/database.ts';
import type { Context } from '../http/context.ts';
import { stockFilters } from '../stock/levels/stock-filters.ts';
import { movementFilters } from '../stock/movements/movement-filters.ts';
import { CsvDownload } from './csv-download.ts';
import { auditRows, type ExportFormat, itemRows, movementRows, stockRows } from './export.queries.ts';

/** Decimals of the deployment's currency. */
export const MONEY_SCALE = Symbol('MONEY_SCALE');

@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly downloads: CsvDownload,
    @Inject(MONEY_SCALE) private readonly scale: number,
  ) {}

  async items(context: Context, query: ExportItems, reply: FastifyReply) {
    const found = query.q === undefined ? [] : [await searchCondition(this.database, query.q)];
    const rows = itemRows(this.formatOf(query), where([...itemFilters(query), ...found]));
    return this.send(reply, context, 'items.csv', query, rows);
  }

  stock(context: Context, query: ExportStock, reply: FastifyReply) {
    return this.send(reply, context, 'stock.csv', query, stockRows(this.formatOf(query), where(stockFilters(query))));
  }

  movements(context: Context, query: ExportMovements, reply: FastifyReply) {
    const rows = movementRows(this.formatOf(query), where(movementFilters(query)));
    return this.send(reply, context, 'movements.csv', query, rows);
  }

  audit(context: Context, query: ExportOptions, reply: FastifyReply) {
    return this.send(reply, context, 'audit.csv', query, auditRows(this.formatOf(query)));
  }

  private send(
    reply: FastifyReply,
    { caller }: Context,
    filename: string,
    { consistency = 'eventual' }: ExportOptions,
    query: Sql,
  ) {
    return this.downloads.send(reply, caller.actorId, filename, { query, consistency });
  }

  private formatOf({ spreadsheet = false }: ExportOptions): ExportFormat {
    return { scale: this.scale, spreadsheet };
  }
}

const where = (conditions: Sql[]): Sql => (conditions.length > 0 ? sql`WHERE ${join(conditions, ' AND ')}` : empty);

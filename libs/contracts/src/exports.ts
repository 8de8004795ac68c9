import { ItemFilters } from './catalog.ts';
import { QueryFlag } from './fields.ts';
import { Consistent, type Consistency } from './lists.ts';
import { MovementFilters } from './movements.ts';
import { StockFilters } from './stock.ts';

const Spreadsheet = () =>
  QueryFlag({
    description:
      'true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again.',
  });

/** How an export is written, and where it is read. */
export interface ExportOptions {
  spreadsheet?: boolean;
  consistency?: Consistency;
}

export class ExportItems extends ItemFilters implements ExportOptions {
  @Spreadsheet()
  spreadsheet?: boolean;

  @Consistent('eventual')
  consistency?: Consistency;
}

export class ExportStock extends StockFilters implements ExportOptions {
  @Spreadsheet()
  spreadsheet?: boolean;

  @Consistent('eventual')
  consistency?: Consistency;
}

export class ExportMovements extends MovementFilters implements ExportOptions {
  @Spreadsheet()
  spreadsheet?: boolean;

  @Consistent('eventual')
  consistency?: Consistency;
}

export class ExportAudit implements ExportOptions {
  @Spreadsheet()
  spreadsheet?: boolean;

  @Consistent('eventual')
  consistency?: Consistency;
}

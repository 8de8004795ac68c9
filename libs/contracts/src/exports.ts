import { ItemFilters } from './catalog.ts';
import { QueryFlag } from './fields.ts';
import { Consistent, type Consistency, type Fields } from './lists.ts';
import { MovementFilters } from './movements.ts';
import { StockFilters } from './stock.ts';

/** How an export is written, and where it is read, beside these filters. */
function exportOf<T extends Fields>(Filters: T) {
  class Export extends Filters {
    @QueryFlag({
      description:
        'true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again.',
    })
    spreadsheet?: boolean;

    @Consistent('eventual')
    consistency?: Consistency;
  }
  return Export;
}

export class ExportOptions extends exportOf(class {}) {}

export class ExportItems extends exportOf(ItemFilters) {}

export class ExportStock extends exportOf(StockFilters) {}

export class ExportMovements extends exportOf(MovementFilters) {}

export class ExportAudit extends ExportOptions {}

import { QueryFlag } from './fields.ts';
import { Consistent, type Consistency } from './lists.ts';

export class ExportOptions {
  @QueryFlag({
    description:
      'true: for a spreadsheet program. Begins with a byte order mark, and cells that would be taken for a formula begin with an apostrophe. Default: as it is stored, to be imported again.',
  })
  spreadsheet?: boolean;

  @Consistent('eventual')
  consistency?: Consistency;
}

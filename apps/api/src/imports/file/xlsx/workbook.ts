import { isEmptyRow, FileError, headingsOf, type Row, type Table } from '../table.ts';
import { readCellKinds } from './number-formats.ts';
import { parseWhole, parseXml } from './parse-xml.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readSheetRows } from './sheet-rows.ts';
import { type Bytes, readEntry } from './zip-entries.ts';

interface Sheet {
  name: string;
  relation: string;
}

const MAX_SHEETS = 1000;

/**
 * Opens a workbook (ECMA-376, .xlsx) that is read from its beginning several times: what cells refer to may come after them.
 * @param named the sheet. Default: the first one
 * @throws FileError
 */
export async function readWorkbook(bytes: Bytes, named: string | undefined): Promise<Table> {
  const { sheets, epoch } = await readSheets(bytes);
  const sheet = named === undefined ? sheets[0]! : sheets.find(({ name }) => name === named);
  const names = sheets.map(({ name }) => name);
  if (!sheet) throw new FileError(`The workbook has no sheet "${named}"; it has: ${names.join(', ').slice(0, 500)}`);
  const path = await pathOf(bytes, sheet);
  const workbook = { texts: await readSharedStrings(bytes), kinds: await readCellKinds(bytes), epoch };
  const all = () => readSheetRows(bytes, path, sheet.name, workbook);
  const header = await firstRow(all());
  if (!header) throw new FileError(`The sheet "${sheet.name}" is empty. Name another one with ?sheet=: ${names.join(', ').slice(0, 500)}`); // prettier-ignore
  if (header.error) throw new FileError(`The header ${header.error}.`);
  const headings = headingsOf(header.cells);
  return { delimiter: null, sheet: sheet.name, sheets: names, headings, rows: () => rowsAfter(header.line, all()) };
}

async function firstRow(all: AsyncGenerator<Row[]>): Promise<Row | undefined> {
  for await (const rows of all) {
    const row = rows.find((row) => !isEmptyRow(row));
    if (row) return row;
  }
  return undefined;
}

async function* rowsAfter(line: number, all: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  for await (const rows of all) yield rows.filter((row) => row.line > line && !isEmptyRow(row));
}

async function readSheets(bytes: Bytes): Promise<{ sheets: Sheet[]; epoch: 1900 | 1904 }> {
  const sheets: Sheet[] = [];
  let epoch: 1900 | 1904 = 1900;
  const parsing = parseXml(
    readEntry(bytes, (name) => /^xl\/workbook\.xml$/i.test(name)),
    'workbook',
    {
      open: (tag, attributes) => {
        if (tag === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) epoch = 1904;
        if (tag !== 'sheet') return;
        if (sheets.length === MAX_SHEETS) throw new FileError(`The workbook has more than ${MAX_SHEETS} sheets.`);
        const relation = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1];
        if (attributes.name !== undefined && relation !== undefined) sheets.push({ name: attributes.name, relation });
      },
    },
  );
  await parseWhole(parsing);
  if (sheets.length === 0)
    throw new FileError('This is a ZIP file, but not an Excel workbook (.xlsx) with a sheet. Save it as .xlsx or CSV.');
  return { sheets, epoch };
}

/** Where the sheet is within the ZIP. Only parts of the workbook itself count: links to other files are not followed. */
async function pathOf(bytes: Bytes, { name, relation }: Sheet): Promise<string> {
  let target: string | undefined;
  const parsing = parseXml(
    readEntry(bytes, (entry) => /^xl\/_rels\/workbook\.xml\.rels$/i.test(entry)),
    'relationships',
    {
      open: (tag, { Id, Target, TargetMode, Type = '' }) => {
        if (tag === 'Relationship' && Id === relation && TargetMode !== 'External' && Type.endsWith('/worksheet'))
          target = Target;
      },
    },
  );
  await parseWhole(parsing);
  if (target === undefined)
    throw new FileError(`The sheet "${name}" is not a sheet of cells. Name another one with ?sheet=.`);
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { CsvReader } from '#csv';
import { readCsvTable } from '../../src/imports/file/csv-table.ts';
import type { Row, Table } from '../../src/imports/file/table.ts';
import { readWorkbook } from '../../src/imports/file/xlsx/workbook.ts';
import { pick } from '../../../../test/support/pick.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with one sheet, its parts replaced or added to. */
function workbook(rows: string, parts: Record<string, string | Uint8Array> = {}): Uint8Array {
  const texts = ['SKU', 'Name', 'Qty', 'Counted', 'A-1', 'Rope &amp; line']
    .map((text) => `<si><t>${text}</t></si>`)
    .join('');
  const files: Record<string, string | Uint8Array> = {
    'xl/workbook.xml': `<workbook xmlns:r="${RELATION}"><sheets><sheet name="Stock" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
    [SHEET]: `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>${rows}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    ...parts,
  };
  const entries = Object.entries(files).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(entries) as Zippable);
}

const open = (bytes: Uint8Array, sheet?: string): Promise<Table> =>
  readWorkbook(async function* () {
    for (let at = 0; at < bytes.length; at += 65_536)
      yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + 65_536)));
  }, sheet);

async function rowsOf(table: Table): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of table.rows()) all.push(...rows);
  return all;
}
const read = async (rows: string, parts?: Record<string, string>) => rowsOf(await open(workbook(rows, parts)));

describe('a workbook', () => {
  it('gives what its cells show: texts, numbers, dates, results of formulas, and the number of each row', async () => {
    const table = await open(
      workbook(
        `<row r="3"><c r="A3" t="s"><v>4</v></c><c r="B3" t="s"><v>5</v></c><c r="C3"><v>4.4999999999999996</v></c><c r="D3" s="1"><v>46350</v></c></row>
         <row r="9"><c r="A9" t="inlineStr"><is><r><t>B</t></r><r><t>-2</t></r><rPh><t>x</t></rPh></is></c><c r="C9"><f>C3*2</f><v>9</v></c></row><row r="10"/>`,
      ),
    );
    expect(pick(table, 'headings', 'sheet', 'sheets')).toEqual({
      headings: ['SKU', 'Name', 'Qty', 'Counted'],
      sheet: 'Stock',
      sheets: ['Stock'],
    });
    expect(await rowsOf(table)).toEqual([
      { line: 3, cells: ['A-1', 'Rope & line', '4.5', '2026-11-24'], exact: [undefined, undefined, true] },
      { line: 9, cells: ['B-2', '', '9'], exact: [undefined, undefined, true] },
    ]);
  });

  it('names the cell that cannot be read', async () => {
    const row = (cell: string) => `<row r="2"><c r="A2" t="s"><v>4</v></c>${cell}</row>`;
    expect((await read(row('<c r="C2" t="e"><v>#REF!</v></c>')))[0]!.error).toBe(
      'cannot be read: cell C2 holds the error #REF!',
    );
    expect((await read(row('<c r="C2"><f>A1</f></c>')))[0]!.error).toContain(
      'cell C2 holds a formula without its result',
    );
    expect((await read(row('<c r="C2" t="s"><v>99</v></c>')))[0]!.error).toContain('cell C2 names the text 99');
  });

  it.each([
    [
      'is cut off',
      workbook('<row r="2"/>').subarray(0, 600),
      /damaged or cut off|not an Excel workbook|cannot be read/,
    ],
    ['is another ZIP file', zipSync({ 'a.txt': strToU8('a') }), /not an Excel workbook/],
    [
      'names an external entity',
      workbook('', { [SHEET]: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>' }),
      /cannot be read: sheet "Stock", it has a document type/,
    ],
    [
      'is not XML',
      workbook('', { [SHEET]: '<worksheet><sheetData><row></sheetData>' }),
      /cannot be read: sheet "Stock", line 1, column/,
    ],
    [
      'has one endless value',
      workbook('', { 'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(3_000_000)}</t></si></sst>` }),
      /shared strings, line 1, column \d+: a value is longer/,
    ],
    [
      'has 30 million characters of text',
      workbook('', { 'xl/sharedStrings.xml': `<sst>${`<si><t>${'x'.repeat(30_000)}</t></si>`.repeat(1000)}</sst>` }),
      /too much text/,
    ],
  ])('is refused where it %s', async (_, bytes, message) => {
    await expect(open(bytes).then(rowsOf)).rejects.toThrow(message);
  });

  it('that inflates to a hundred times its size is read in constant memory', async () => {
    const bomb = workbook('<row r="2"><c r="A2" t="s"><v>4</v></c></row>' + '<row/>'.repeat(1_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    expect(await rowsOf(await open(bomb))).toEqual([{ line: 2, cells: ['A-1'] }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 ** 2);
  });

  it('has another sheet where it is named', async () => {
    await expect(open(workbook(''), 'Prices')).rejects.toThrow('The workbook has no sheet "Prices"; it has: Stock');
  });
});

describe('a CSV file', () => {
  const table = (text: string, named?: 'comma') =>
    readCsvTable(async function* () {
      for (let at = 0; at < text.length; at += 100_000) yield await Promise.resolve(text.slice(at, at + 100_000));
    }, named);

  it.each(['\n', '\r\n', '\r'])('may end its lines with %j, within quotes as well', async (end) => {
    const text = ['sku;name', 'A;"one', 'two"', '', 'B;three'].join(end);
    expect(await rowsOf(await table(text))).toEqual([
      { line: 2, cells: ['A', `one${end}two`] },
      { line: 5, cells: ['B', 'three'] },
    ]);
  });

  it('reads the same however it is cut into pieces', () => {
    const text = 'a,"b\r\nc"\r\n"d""e",f\rg,h\n';
    const whole = new CsvReader(',').read(text, true);
    for (let at = 0; at <= text.length; at++) {
      const reader = new CsvReader(',');
      expect([...reader.read(text.slice(0, at)), ...reader.read(text.slice(at)), ...reader.read('', true)]).toEqual(
        whole,
      );
    }
  });

  it('may name its delimiter in a first line, and have empty rows and columns', async () => {
    const found = await table('sep=;\r\nSKU;Name;;\r\nA,1;B;;\r\n;;;\r\n');
    expect(pick(found, 'delimiter', 'headings')).toEqual({ delimiter: ';', headings: ['SKU', 'Name'] });
    expect(await rowsOf(found)).toEqual([{ line: 3, cells: ['A,1', 'B', '', ''] }]);
  });

  it('with a million columns, or one endless line, is refused with a reason', async () => {
    await expect(table(`sku${',a'.repeat(50_000)}\n`)).rejects.toThrow(
      'The header has 50001 columns; a file may have 1000.',
    );
    await expect(table(`sku${',a'.repeat(1_000_000)}\n`)).rejects.toThrow(
      'The header is longer than 131072 characters',
    );
    const rows = await rowsOf(await table(`sku,name\n"${'x'.repeat(20_000_000)}\nB,two\n`));
    expect(rows).toEqual([
      { line: 2, cells: [], error: 'is longer than 131072 characters; perhaps a quote is missing' },
      { line: 3, cells: ['B', 'two'] },
    ]);
  });
});

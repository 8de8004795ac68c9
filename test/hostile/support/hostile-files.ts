import { deflateRawSync } from 'node:zlib';

const MIB = 1024 * 1024;
const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface HostileFile {
  name: string;
  type: string;
  bytes: Buffer;
}

const csv = (name: string, content: string | Uint8Array): HostileFile => ({
  name,
  type: CSV,
  bytes: Buffer.from(content),
});
const workbook = (name: string, bytes: Uint8Array): HostileFile => ({ name, type: XLSX, bytes: Buffer.from(bytes) });
const repeat = (text: string, start = '') => start + text.repeat(Math.floor((MIB - start.length) / text.length));
const columns = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`).join();

/** No row of them can be booked. */
export const hostileFiles: HostileFile[] = [
  csv('empty', ''),
  csv('a byte order mark alone', '\ufeff'),
  csv('two byte order marks', '\ufeff\ufeffsku,name\nA,\n'),
  csv('UTF-16 without a byte order mark, breaking off', Buffer.from(repeat('sku,name\n'), 'utf16le').subarray(0, MIB - 1)),
  csv('UTF-16 of lone surrogates', Buffer.concat([Buffer.from('\ufeffsku,name\n', 'utf16le'), Buffer.from('\ud800'.repeat(5_000), 'utf16le')])),
  csv('UTF-16BE without a text', Buffer.from([0xfe, 0xff])),
  csv('null bytes', Buffer.alloc(MIB)),
  csv('null bytes in a header', 'sku\0,na\0me\nA,B\n'),
  csv('null bytes in a row', 'sku,name\nA\0,B\n'),
  csv('random bytes', Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919 + (n >> 3)) & 255))),
  csv('bytes that are not UTF-8', Buffer.alloc(MIB, 0xff)),
  csv('one line of a mebibyte', repeat('x')),
  csv('one row of a mebibyte', repeat('x', 'sku,name\n')),
  csv('one quoted row of a mebibyte', repeat('x\n', 'sku,name\nA,"')),
  csv('100,000 columns', `${columns(100_000)}\n`),
  csv('100,000 columns of quoted names', `"${columns(100_000).replaceAll(',', '","')}"\n`),
  csv('100,000 empty columns', `sku,name${','.repeat(100_000)}\nA,\n`),
  csv('100,000 cells in a row of two columns', `sku,name\nA${','.repeat(100_000)}\n`),
  csv('1,000 columns that look alike', `sku,${Array.from({ length: 999 }, (_, n) => `qty${n}`).join()}\nA\n`),
  csv('a quote that is never closed, in a header', `"sku,name\n${'A,B\n'.repeat(50_000)}`),
  csv('a quote that is never closed, in a row', `sku,name\nA,"B\n${'C,\n'.repeat(50_000)}`),
  csv('quotes that are never closed, in every row', `sku,name\n${'"A,B\n'.repeat(50_001)}`),
  csv('text after closing quotes', `sku,name\n${'"A"x,"B"y\n'.repeat(30_000)}`),
  csv('10,000 quotes', `sku,name\n${'"'.repeat(10_000)}\n`),
  csv('10,001 quotes', `sku,name\n${'"'.repeat(10_001)}\n`),
  csv('quotes alone', repeat('"')),
  csv('doubled quotes in lines', repeat('"""\n', 'sku,name\n')),
  csv('CR alone', 'sku,name\rA,\rB,\r'),
  csv('a mebibyte of CR', repeat('\r')),
  csv('a mebibyte of LF', repeat('\n')),
  csv('a mebibyte of CRLF', repeat('\r\n', 'sku,name')),
  csv('a mebibyte of commas', repeat(',')),
  csv('a mebibyte of commas in lines', repeat(',,,\n', 'sku,name\n')),
  csv('a mebibyte of tabs and pipes', repeat('\t|;', 'sku,name\n')),
  csv('a mebibyte of spaces', repeat(' ', 'sku,name\n')),
  csv('a sep= line alone', 'sep=;'),
  csv('many sep= lines', repeat('sep=;\n')),
  csv('100,000 rows, each wrong in all its cells', `sku,name,barcode,unitCost,reorderPoint,quantity\n${'\t,,\t,x,y,z\n'.repeat(100_000)}`),
  csv('700 rows of 130,000 characters', `sku,name\n${`A,${'x'.repeat(130_000)}\n`.repeat(700)}`),
  csv('columns named as members of every object', 'sku,name,__proto__,constructor,toString\nPROTO,,a,b,c\n'),
  csv('a column named __proto__', 'sku,name,__proto__\nPROTO,Proto,a\n'),
  csv('a column named constructor', 'sku,name,constructor\nPROTO,Proto,a\n'),
  csv('a column named hasOwnProperty', 'sku,name,hasOwnProperty\nPROTO,Proto,a\n'),
  csv('attributes with the key __proto__', 'sku,name,attributes\nPROTO,Proto,"{""__proto__"":""a""}"\n'),
  csv('attributes with the key constructor', 'sku,name,attributes\nPROTO,Proto,"{""constructor"":""a""}"\n'),
  csv('attributes of deep JSON', `sku,name,attributes\nDEEP,Deep,"${'['.repeat(3_500)}${']'.repeat(3_500)}"\n`),
  csv('attributes of lone surrogates and null bytes', String.raw`sku,name,attributes
SURROGATE,One,"{""a"":""\ud800""}"
NUL,Two,"{""a"":""\u0000""}"
`),
  csv('formulas for numbers', `sku,name,unitCost,quantity\n${['=1+1', '+1+1', '@SUM(A1)', '-1', '=cmd|calc!A0', '\t=1'].map((formula, n) => `F-${n},Formula,"${formula}","${formula}"\n`).join('')}`),
  csv('duplicated headings', 'sku,name,SKU\nA,B,C\n'),
  csv('10,000 duplicated headings', `sku${',colour'.repeat(999)}\nA\n`),
  csv('numbers past every number', `sku,name,quantity\n${['9'.repeat(400), '1e309', '1e-400', 'NaN', 'Infinity', '0x10', '1_0', '١٢'].map((number) => `N,,${number}\n`).join('')}`),
  csv('numbers that take long to read', `sku,name,unitCost,quantity\n${`A,,${'1,'.repeat(30).replaceAll(',', '.')},"${'1,111'.repeat(1_500)}"\n`.repeat(50)}`),
  csv('control and invisible characters', 'sku,name\n\u200b\u202eA,\n\u001b[31m,\n\ufdd0,\n'),
  csv('a locale’s letters that grow when folded', `sku,name\n${'İ'.repeat(64)},${'ẞ'.repeat(300)}\n`),
  csv('HTML', '<!doctype html><table><tr><td>sku</td></tr></table>'),
  csv('JSON', repeat('{"sku":"A"},', '[')),
  csv('a workbook named CSV that is a zip header alone', Buffer.from('PK\u0003\u0004')),
  workbook('a zip header alone', Buffer.from('PK\u0003\u0004')),
  workbook('a zip header and a mebibyte of zeros', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(MIB)])),
  workbook('an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])),
  workbook('an empty zip', Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)])),
  workbook('a zip without a sheet', zip({ 'a.txt': 'a' })),
  workbook('a sheet of deep XML', zipOfSheet('<a>'.repeat(100_000))),
  workbook('a sheet that expands to 200 MB', zipOfSheet(`<worksheet><sheetData>${' '.repeat(200_000_000)}`)),
  workbook('entities that expand', zipOfSheet(`<!DOCTYPE a [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`)),
  workbook('a sheet with a cell far to the right', zipOfSheet(`<worksheet><sheetData><row r="1"><c r="ZZZZZZ1" t="str"><v>sku</v></c></row><row r="99999999999"><c r="A99999999999"><v>1e999</v></c></row></sheetData></worksheet>`)),
  workbook('a sheet of strings that are not there', zipOfSheet(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>__proto__</v></c></row></sheetData></worksheet>`)),
  workbook('20 rows whose 1,000 cells all name one long text', zipOfSheet(rowsOfCells(20, 1_000), 'x'.repeat(32_000))),
  workbook('entries that leave their folder', zip({ '../../xl/workbook.xml': '<workbook/>', '/etc/passwd': 'a', '__proto__': 'a' })),
]; // prettier-ignore

/** A sheet with a header, and rows in which each cell names the first shared text. */
function rowsOfCells(rows: number, cells: number): string {
  const headings = ['sku', 'name', ...Array.from({ length: cells - 2 }, (_, n) => `a${n}`)];
  const header = headings.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(cells)}</row>`;
  return `<worksheet><sheetData><row>${header}</row>${row.repeat(rows)}</sheetData></worksheet>`;
}

/** A workbook of one sheet. */
function zipOfSheet(sheet: string, sharedText = ''): Buffer {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relationships}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst><si><t>${sharedText}</t></si></sst>`,
    'xl/worksheets/sheet1.xml': sheet,
  });
}

/** A zip archive (APPNOTE 6.3.10) with deflated entries, whatever their names; their checksums are not right. */
function zip(entries: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(Buffer.byteLength(content), 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), head, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

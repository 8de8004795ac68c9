import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { load, postCsv } from './support.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Windows-1252 for what these tests write: Latin-1, and the euro sign. */
const windows1252 = (text: string) =>
  Buffer.from([...text].map((character) => (character === '€' ? 0x80 : character.charCodeAt(0))));
const utf16 = (text: string, order: 'le' | 'be', mark = true) => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

const nameOf = async (sku: string) =>
  (await api.viewer.get(`/items?sku=${encodeURIComponent(sku)}`)).body.items[0]?.name as unknown;
const chunks = async () =>
  (await api.database.first<{ count: number }>(sql`SELECT count(*)::int AS count FROM import_chunk`))!.count;

describe('the encoding of a file', () => {
  it.each([
    ['utf-8', 'U8-1', Buffer.from('sku,name\nU8-1,Größe 5 €\n')],
    ['utf-8', 'U8-2', Buffer.from('\ufeffsku,name\r\nU8-2,Größe 5 €\r\n')],
    ['windows-1252', 'W-1', windows1252('sku;name\r\nW-1;Größe 5 €\r\n')],
    ['utf-16le', 'L-1', utf16('sku\tname\r\nL-1\tGröße 5 €\r\n', 'le')],
    ['utf-16be', 'B-1', utf16('sku\tname\r\nB-1\tGröße 5 €\r\n', 'be')],
    ['utf-16le', 'L-2', utf16('sku\tname\r\nL-2\tGröße 5 €\r\n', 'le', false)],
    ['utf-16be', 'B-2', utf16('sku\tname\r\nB-2\tGröße 5 €\r\n', 'be', false)],
  ])('is found out and reported: %s, %s', async (encoding, sku, bytes) => {
    expect(pick(await load(api.operator, bytes), 'state', 'encoding', 'created', 'failed')).toEqual({
      state: 'done',
      encoding,
      created: 1,
      failed: 0,
    });
    expect(await nameOf(sku)).toBe('Größe 5 €');
  });

  it('is the one that is named', async () => {
    const bytes = Buffer.concat([
      Buffer.from('sku,name\nCY-1,'),
      Buffer.from([0xcc, 0xee, 0xf1, 0xf2]),
      Buffer.from('\n'),
    ]);
    expect(pick(await load(api.operator, bytes, '?encoding=windows-1251'), 'encoding', 'created')).toEqual({
      encoding: 'windows-1251',
      created: 1,
    });
    expect(await nameOf('CY-1')).toBe('Мост');
  });

  it.each([
    [
      'text that is UTF-8 but for one byte',
      [...Buffer.from('sku,name\nA,Größe\nB,Gr'), 0xfc, 0x0a],
      /^Line 3 is not UTF-8, while other characters of the file are/,
    ],
    [
      'a byte that no Western encoding has',
      [...Buffer.from('sku,name\nA,'), 0x81, 0x0a],
      /^Line 2 holds the byte 81, which is neither UTF-8 nor Windows-1252/,
    ],
    [
      'UTF-16 that is cut off',
      [...utf16('sku,name\nA,B\n', 'le'), 0x41],
      /^The file cannot be read from about line 3 on: its first bytes say that it is utf-16le/,
    ],
    [
      'a UTF-8 character that is cut off in UTF-8 text',
      [...Buffer.from('sku,name\nA,Größe'), 0xc3],
      /is not UTF-8, while other characters of the file are/,
    ],
  ])('is asked for in place of a guess: %s', async (_, bytes, detail) => {
    const before = await chunks();
    expect(await postCsv(api.operator, Buffer.from(bytes))).toEqual(
      problem('malformed-request', { detail: expect.stringMatching(detail) }),
    );
    expect(await chunks()).toBe(before);
  });

  it('is refused where the named one does not fit, or is not one', async () => {
    const bytes = windows1252('sku,name\nA,Größe\n');
    expect(await postCsv(api.operator, bytes, '?encoding=utf-8')).toEqual(
      problem('malformed-request', { detail: expect.stringContaining('?encoding says utf-8') }),
    );
    expect(await postCsv(api.operator, bytes, '?encoding=utf-7')).toEqual(
      problem('invalid-parameters', {
        errors: [
          {
            pointer: '/encoding',
            detail:
              'must be one of the following values: utf-8, utf-16le, utf-16be, windows-1252, windows-1250, windows-1251, windows-1253, windows-1254, iso-8859-2, iso-8859-15, macintosh, shift_jis, gb18030, big5, euc-kr',
          },
        ],
      }),
    );
  });

  it('of an old Excel file is none', async () => {
    const bytes = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await postCsv(api.operator, bytes)).toEqual(
      problem('unsupported-media-type', { detail: expect.stringContaining('Save it as .xlsx') }),
    );
  });
});

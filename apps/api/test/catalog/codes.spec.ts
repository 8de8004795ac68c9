import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { load } from '../imports/support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const get = async (path: string, query: Record<string, string>) =>
  (await api.viewer.get(`${path}?${new URLSearchParams(query).toString()}`)).body.items as {
    sku: string;
    id: string;
  }[];
const skus = async (query: Record<string, string>) => (await get('/items', query)).map(({ sku }) => sku);
const add = (item: object) => api.operator.post('/items', { name: 'Thing', ...item });

/** Each row is one code, written in several ways. */
const SAME: [what: string, ...forms: string[]][] = [
  ['case', 'Mug-1', 'MUG-1', 'mug-1'],
  ['full-width letters, digits and signs', 'TEE-01', 'ＴＥＥ－０１', 'ｔｅｅ-01'],
  ['a ligature', 'FILE-1', 'ﬁle-1', 'ﬁLE-1'],
  ['a letter whose capital is two', 'STRASSE-1', 'Straße-1', 'STRAẞE-1'],
  ['an accent of its own', 'CAFÉ-1', 'cafe\u0301-1', 'CAFE\u0301-1'],
  ['the two small sigmas', 'ΟΔΟΣ-1', 'οδος-1', 'οδοσ-1'],
  ['half-width katakana', 'ガラス', 'ｶﾞﾗｽ', 'ガラス'.normalize('NFD')],
];

describe('a code that differs only in', () => {
  it.each(SAME)(
    '%s is the same SKU: it is found, taken and booked by each of its forms',
    async (_, first, ...others) => {
      expect((await add({ sku: first })).status).toBe(201);
      for (const sku of [first, ...others]) {
        expect(await skus({ sku })).toEqual([first.normalize('NFC')]);
        expect((await add({ sku })).body.errors).toEqual([{ pointer: '/sku', detail: 'is taken' }]);
        const line = { item: { sku }, location: { code: 'MAIN' }, quantity: 1 };
        expect((await api.operator.post('/movements', { type: 'receipt', lines: [line] })).status).toBe(201);
      }
      const { updated, created } = await load(
        api.operator,
        `sku,description\n${others.join(',again\n')},again\n`,
        '?mode=upsert',
      );
      expect([updated, created]).toEqual([others.length, 0]);
    },
  );

  it.each(SAME)('%s is the same location and the same barcode', async (_, first, ...others) => {
    expect((await api.operator.post('/locations', { code: first, name: 'Place' })).status).toBe(201);
    expect((await add({ sku: `BAR ${first}`, barcode: first })).status).toBe(201);
    for (const form of others) {
      expect(await get('/locations', { code: form })).toHaveLength(1);
      expect((await api.operator.post('/locations', { code: form, name: 'Place' })).status).toBe(409);
      expect(await skus({ barcode: form })).toEqual([`BAR ${first}`.normalize('NFC')]);
      expect((await add({ sku: `OTHER ${form}`, barcode: form })).body.errors).toEqual([
        { pointer: '/barcode', detail: 'is taken' },
      ]);
    }
  });
});

it('text is stored in NFC, as it was entered otherwise', async () => {
  const { body } = await add({ sku: 'ＮＦＣ', name: 'Cafe\u0301 ﬁne', attributes: { 'Gro\u0308ße': 'e\u0301' } });
  expect([body.sku, body.name, body.attributes]).toEqual(['ＮＦＣ', 'Café ﬁne', { Größe: 'é' }]);
  const { body: changed } = await api.operator.patch(`/items/${body.id}`, { category: 'Ku\u0308che' });
  expect(changed.category).toBe('Küche');
});

/** UPC-A, EAN-13 and GTIN-14 of one number; GTIN-8 in the 13 and 14 digits that scanners report it with. */
const GTINS = [
  ['725272730706', '0725272730706', '00725272730706'],
  ['96385074', '0000096385074', '00000096385074', '000096385074'],
  // A wrong check digit is no reason to take one number for two.
  ['725272730700', '0725272730700', '00725272730700'],
];

describe('a GTIN', () => {
  it.each(GTINS)('%s is one number, with however many digits it is written', async (...forms) => {
    const [own] = forms;
    expect((await add({ sku: `GTIN-${own}`, barcode: own })).body.barcode).toBe(own);
    for (const barcode of forms) {
      expect(await skus({ barcode })).toEqual([`GTIN-${own}`]);
      expect(await skus({ q: barcode })).toEqual([`GTIN-${own}`]);
      expect((await add({ sku: `TWIN-${barcode}`, barcode })).status).toBe(409);
      for (const options of ['?dryRun=true', ''])
        expect((await load(api.operator, `sku,name,barcode\nTWIN-${barcode},Twin,${barcode}\n`, `${options}${options ? '&' : '?'}again=true`)).failed).toBe(1); // prettier-ignore
    }
  });

  it('is one within a file, too: the second of two rows with it is refused', async () => {
    const file = 'sku,name,barcode\nFILE-A,A,614141000036\nFILE-B,B,0614141000036\nFILE-C,C,00614141000036\n';
    for (const options of ['?dryRun=true', '?again=true']) {
      const { created, failed } = await load(api.operator, file, options);
      expect([created, failed]).toEqual([1, 2]);
    }
    expect(await skus({ barcode: '614141000036' })).toEqual(['FILE-A']);
  });

  it('has 8, 12, 13 or 14 digits: other numbers keep their zeros', async () => {
    await add({ sku: 'DIGITS-6', barcode: '001234' });
    expect((await add({ sku: 'DIGITS-4', barcode: '1234' })).status).toBe(201);
    expect(await skus({ barcode: '1234' })).toEqual(['DIGITS-4']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem } from '../../../../test/support/responses.ts';
import { until } from '../../../../test/support/until.ts';
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

describe('several barcodes of an item', () => {
  const codes = async (id: string) => {
    const { barcode, barcodes } = (await api.viewer.get(`/items/${id}`)).body;
    expect(barcode).toBe(barcodes[0] ?? null);
    return barcodes as string[];
  };
  const patch = (id: string, changes: object) => api.operator.patch(`/items/${id}`, changes);

  it('each find it, and belong to no other item, however they are written', async () => {
    const { status, body } = await add({ sku: 'SEV-1', barcodes: ['SEV-A', '725272730799', 'Ärm 77 B'] });
    expect([status, body.barcode, body.barcodes]).toEqual([201, 'SEV-A', ['SEV-A', '725272730799', 'Ärm 77 B']]);
    for (const barcode of ['sev-a', '0725272730799', '00725272730799', 'ÄRM 77 B']) {
      expect([barcode, await skus({ barcode })]).toEqual([barcode, ['SEV-1']]);
      expect([barcode, await skus({ q: barcode })]).toEqual([barcode, ['SEV-1']]);
      expect([barcode, (await add({ sku: 'SEV-2', barcode })).status]).toEqual([barcode, 409]);
    }
    const taken = await add({ sku: 'SEV-2', barcodes: ['SEV-C', '0725272730799'] });
    expect(taken).toEqual(problem('conflict', { detail: 'Another item has this barcode.', errors: [{ pointer: '/barcodes/1', detail: 'is taken' }] })); // prettier-ignore
    expect(await skus({ noBarcode: 'true', q: 'SEV-1' })).toEqual([]);
    const file = 'sku,name,barcode,moreBarcodes\nSEV-3,Three,SEV-D,sev-a|SEV-E\nSEV-4,Four,,SEV-F|0725272730799\n';
    for (const options of ['?dryRun=true', '?again=true'])
      expect((await load(api.operator, file, options)).failed).toBe(2);
    await patch(body.id, { barcodes: ['SEV-A'] });
    expect((await add({ sku: 'SEV-2', barcodes: ['SEV-C', '0725272730799'] })).status).toBe(201);
  });

  it('are replaced together by barcodes, and the first alone by barcode', async () => {
    const { body } = await add({ sku: 'REP-1', barcodes: ['R1', 'R2', 'R3'] });
    const steps: [object, string[]][] = [
      [{ name: 'Renamed' }, ['R1', 'R2', 'R3']],
      [{ barcode: 'R4' }, ['R4', 'R2', 'R3']],
      [{ barcode: 'r3' }, ['r3', 'R2']],
      [{ barcode: null }, ['R2']],
      [{ barcode: null }, []],
      [{ barcodes: ['R5', 'R1'] }, ['R5', 'R1']],
      [{ barcode: 'R6', barcodes: ['R6'] }, ['R6']],
      [{ barcodes: [] }, []],
    ];
    for (const [changes, expected] of steps) {
      expect([changes, (await patch(body.id, changes)).status]).toEqual([changes, 200]);
      expect([changes, await codes(body.id)]).toEqual([changes, expected]);
    }
    expect((await add({ sku: 'REP-2', barcodes: ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'] })).status).toBe(201);
    const fields = (await api.admin.get(`/audit?subjectId=${body.id}&field=moreBarcodes&limit=1`)).body.items[0]
      .changes;
    expect(fields).toEqual([{ field: 'moreBarcodes', from: 'R1', to: null }, { field: 'barcode', from: 'R5', to: 'R6' }].toSorted((one, other) => one.field < other.field ? -1 : 1)); // prettier-ignore
  });

  it.each([
    [{ barcodes: ['A1', 'a1'] }, '/barcodes/1'],
    [{ barcodes: ['4006381333931', '04006381333931'] }, '/barcodes/1'],
    [{ barcodes: ['A1'], barcode: 'A2' }, '/barcode'],
    [{ barcodes: Array.from({ length: 21 }, (_, n) => `N${n}`) }, '/barcodes'],
    [{ barcodes: ['A\u200b1'] }, '/barcodes'],
    [{ barcodes: [''] }, '/barcodes'],
    [{ barcodes: ['x'.repeat(65)] }, '/barcodes'],
    [{ barcodes: [1] }, '/barcodes'],
    [{ barcodes: 'A1' }, '/barcodes'],
    [{ barcodes: null }, '/barcodes'],
  ])('are refused as %j', async (fields, pointer) => {
    const { status, body } = await add({ sku: 'BAD-1', ...fields });
    expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it('with the wrong check digit of a GTIN are taken with a warning', async () => {
    const { body } = await add({ sku: 'WARN-1', barcodes: ['4006381333932', '40170725', 'X', '036000291459'] });
    const warnings = [
      { pointer: '/barcodes/0', detail: '4006381333932 looks like a GTIN, but its check digit would be 1' },
      { pointer: '/barcodes/3', detail: '036000291459 looks like a GTIN, but its check digit would be 2' },
    ];
    expect(body.warnings).toEqual(warnings);
    expect((await api.viewer.get(`/items/${body.id}`)).body).toEqual(body);
    expect((await patch(body.id, { barcodes: ['4006381333931'] })).body.warnings).toBeUndefined();
  });

  it('are changed by a file where it names them, and given back by its undo', async () => {
    const { body } = await add({ sku: 'FIL-1', name: 'File', barcodes: ['F1', 'F2', 'F3'] });
    const file = async (text: string) => (await load(api.operator, `sku,barcode,moreBarcodes\nFIL-1,${text}\n`)).id as string;
    await file('F1,F2|F3');
    expect((await api.viewer.get(`/items/${body.id}`)).body.version).toBe(1);
    await file('F3,');
    expect(await codes(body.id)).toEqual(['F3', 'F2']);
    const last = await file(',F4 | F\\|5');
    expect(await codes(body.id)).toEqual(['F3', 'F4', 'F|5']);
    await api.operator.post(`/imports/${last}/undo`);
    await until('it is undone', async () => (await api.viewer.get(`/imports/${last}`)).body.state === 'undone');
    expect(await codes(body.id)).toEqual(['F3', 'F2']);
  }); // prettier-ignore
});

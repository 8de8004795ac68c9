import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { csvOf, ended, errorsOf, load, postCsv } from './support.ts';
import { response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/) as unknown;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as unknown;

/** What every item that an import made has. */
const MADE = { id: UUID, photo: null, archivedAt: null, version: 1, createdAt: TIME, updatedAt: TIME, reserved: 0 };

const item = async (sku: string) => (await api.viewer.get(`/items?sku=${encodeURIComponent(sku)}`)).body.items[0];

describe('an import', () => {
  it('makes items with opening stock, and shows how far it is', async () => {
    const csv = csvOf(
      'sku,name,description,barcode,category,unit,unitCost,reorderPoint,location,quantity,colour',
      'IM-1,"Mug, ""blue""","Two\nlines",4006381333931,Kitchen,box,4.50,3,main,40,blue',
      'IM-2,Plain,,,,,,,,,',
    );
    const posted = await postCsv(api.operator, csv);
    const zero = {
      rows: null,
      done: 0,
      created: 0,
      updated: 0,
      failed: 0,
      stockSkipped: 0,
      stockDelta: 0,
      undone: 0,
      notUndone: 0,
      reading: null,
      reason: null,
      startedAt: null,
      finishedAt: null,
    };
    const createdBy = { id: UUID, kind: 'user', name: 'Test operator' };
    const job = {
      id: UUID,
      fileName: null,
      format: 'csv',
      encoding: 'utf-8',
      state: 'queued',
      mode: 'upsert',
      stock: 'opening',
      dryRun: false,
      sameFileAs: null,
      rerunOf: null,
      createdBy,
      createdAt: TIME,
      ...zero,
    };
    expect(posted).toEqual(response(202, job, { etag: '"1"', location: `/api/v1/imports/${posted.body.id}` }));
    const { headers, body } = await ended(api.viewer, posted.body.id);
    expect(body).toEqual({
      ...posted.body, state: 'done', rows: 2, done: 2, created: 2, stockDelta: 40, startedAt: TIME, finishedAt: TIME,
      reading: { delimiter: 'comma', sheet: null, sheets: [], decimal: 'point', columns: expect.any(Array) },
    }); // prettier-ignore
    expect(headers.etag).not.toBe(posted.headers.etag);
    expect((await api.viewer.get(`/imports/${body.id}`, { 'if-none-match': headers.etag! })).status).toBe(304);
    expect(await item('IM-1')).toEqual({
      ...MADE, updatedBy: createdBy, sku: 'IM-1', name: 'Mug, "blue"', description: 'Two\nlines', barcode: '4006381333931', barcodes: ['4006381333931'], category: 'Kitchen', unit: 'box',
      unitCost: 450, reorderPoint: 3, attributes: { colour: 'blue' }, onHand: 40, available: 40,
    }); // prettier-ignore
    expect(await item('IM-2')).toEqual({
      ...MADE, updatedBy: createdBy, sku: 'IM-2', name: 'Plain', description: '', barcode: null, barcodes: [], category: null, unit: 'each', unitCost: null, reorderPoint: null, attributes: {}, onHand: 0, available: 0,
    }); // prettier-ignore
    const { items } = (await api.viewer.get(`/movements?reference=${encodeURIComponent(`import ${body.id}`)}`)).body;
    expect(items).toEqual([
      {
        id: UUID,
        type: 'receipt',
        reference: `import ${body.id}`,
        note: null,
        reverses: null,
        reversedBy: null,
        createdBy,
        createdAt: TIME,
        lineCount: 1,
        lines: [
          {
            item: { id: UUID, sku: 'IM-1', name: 'Mug, "blue"' },
            location: { id: UUID, code: 'MAIN' },
            delta: 40,
            onHandAfter: 40,
            reason: null,
          },
        ],
      },
    ]);
    expect(await api.database.query(sql`SELECT 1 FROM import_chunk`)).toEqual([]);
  });

  it('changes what is there, and leaves alone what a cell leaves empty', async () => {
    await load(api.operator, csvOf('sku,name,category,colour,quantity', 'UP-1,Old,Kitchen,red,5'));
    const before = await item('UP-1');
    const job = await load(api.operator, csvOf('sku;name;category;size;quantity', 'up-1;New;;XL;2'), '?stock=add');
    expect(pick(job, 'state', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      created: 0,
      updated: 1,
      failed: 0,
    });
    expect(pick(await item('UP-1'), 'id', 'sku', 'name', 'category', 'attributes', 'onHand', 'version')).toEqual({
      id: before.id, sku: 'UP-1', name: 'New', category: 'Kitchen', attributes: { colour: 'red', size: 'XL' }, onHand: 7, version: 2,
    }); // prettier-ignore
    await load(api.operator, csvOf('sku\tname', 'UP-1\tNew'));
    expect((await item('UP-1')).version).toBe(2);
  });

  it('takes later rows for the same SKU, in any case, as changes of the first', async () => {
    const rows = ['TW-1,First,1,a', 'tw-1,Second,2,', 'TW-1,,3,c'];
    const job = await load(api.operator, csvOf('sku,name,quantity,colour', ...rows));
    expect(pick(job, 'state', 'rows', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      rows: 3,
      created: 1,
      updated: 2,
      failed: 0,
    });
    expect(pick(await item('TW-1'), 'sku', 'name', 'attributes', 'onHand', 'version')).toEqual({
      sku: 'TW-1',
      name: 'Second',
      attributes: { colour: 'c' },
      onHand: 6,
      version: 1,
    });
    const { items } = (await api.viewer.get(`/movements?reference=${encodeURIComponent(`import ${job.id}`)}`)).body;
    expect(items[0].lines.map(({ delta, onHandAfter }: Record<string, number>) => [delta, onHandAfter])).toEqual([[1, 1], [2, 3], [3, 6]]); // prettier-ignore
  });

  it('leaves bad rows out, says for each line and column why, and lets good ones in', async () => {
    await load(api.operator, csvOf('sku,name,barcode', 'TAKEN,Taken,111', 'GONE,Gone,'));
    await api.operator.delete(`/items/${(await item('GONE')).id}`);
    const csv = csvOf(
      'sku,name,barcode,unitCost,location,quantity,attributes,description',
      ',No SKU,,,,,,',
      'BAD-1,,,,,,,',
      'BAD-2, spaced,,1.555,NOWHERE,-1,,',
      '"GOOD-0",two',
      'BAD-4,"Open" quote,,,,,,',
      'BAD-5,Five,111,,,,,',
      'GOOD-1,One,222,1,MAIN,4,"{""a"":""b""}","over',
      'two lines"',
      'BAD-6,Six,222,,,,,',
      'GONE,Back,,,,,,',
      `${'x'.repeat(65)},Long,,,,,,`,
      'BAD-7,N\0L,,,,,,',
      'BAD-8,Eight,,,,,"[1]",',
      'BAD-9,Nine,,,NOWHERE,1,,',
      'GOOD-2,Last,,,,1000000000,,',
    );
    const job = await load(api.operator, csv);
    expect(pick(job, 'state', 'rows', 'done', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      rows: 14,
      done: 14,
      created: 3,
      updated: 0,
      failed: 11,
    });
    expect(await errorsOf(api.viewer, job.id)).toEqual([
      '2,sku,is missing',
      '3,name,is missing: the item is new',
      '4,name,"must hold a visible character, and must not begin or end with a space, nor hold control characters"',
      '4,unitCost,must be an amount in USD from 0 to 10000000000: 1.555 is 1.555 or 1555: send ?decimal=point or ?decimal=comma',
      '4,quantity,must be a whole number from 0 to 1000000000: -1 is negative',
      '4,location,there is no location NOWHERE',
      '6,,has text between a closing quote and the next delimiter',
      '7,barcode,is another item’s',
      '10,barcode,is another item’s',
      '11,sku,is that of an archived item; restore it first',
      '12,sku,must have 1 to 64 characters',
      '13,name,"must hold a visible character, and must not begin or end with a space, nor hold control characters"',
      '14,attributes,must be a JSON object whose values are texts',
      '15,location,there is no location NOWHERE',
    ]);
    expect(pick(await item('GOOD-1'), 'attributes', 'onHand')).toEqual({ attributes: { a: 'b' }, onHand: 4 });
    expect((await item('GOOD-2')).onHand).toBe(1_000_000_000);
  });
});

import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { until } from '../../../../test/support/until.ts';
import { csvOf, ended, errorsOf, load, postCsv } from './support.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const count = async (table: string) =>
  Number((await api.database.pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

describe('POST /imports', () => {
  it('refuses parameters that it does not know', async () => {
    expect(await postCsv(api.operator, 'sku\n', '?mode=replace')).toEqual(
      problem('invalid-parameters', {
        errors: [{ pointer: '/mode', detail: 'must be one of the following values: upsert, create' }],
      }),
    );
    expect(await postCsv(api.operator, 'sku\n', '?dryRun=maybe')).toEqual(
      problem('invalid-parameters', { errors: [{ pointer: '/dryRun', detail: 'must be true or false' }] }),
    );
    expect(await postCsv(api.operator, 'sku\n', '?dry=true')).toEqual(
      problem('invalid-parameters', { errors: [{ pointer: '/dry', detail: 'is not a field here' }] }),
    );
    expect(await postCsv(api.operator, 'sku\n', `?mapping=${'{"a":"sku",'.repeat(10)}`)).toEqual(
      problem('invalid-parameters', {
        errors: [{ pointer: '/mapping', detail: expect.stringMatching(/^must be a JSON object/) as unknown }],
      }),
    );
    expect((await postCsv(api.viewer, 'sku\n')).status).toBe(403);
    expect((await postCsv(api.anonymous, 'sku\n')).status).toBe(401);
    expect((await api.viewer.get('/imports/00000000-0000-7000-8000-00000000dead')).status).toBe(404);
    expect((await api.viewer.get('/imports/00000000-0000-7000-8000-00000000dead/errors')).status).toBe(404);
  });

  it('takes a file once for each idempotency key', async () => {
    const csv = csvOf('sku,name,quantity', 'ID-1,One,5');
    const key = { 'idempotency-key': 'import-1' };
    const first = await postCsv(api.operator, csv, '', key);
    await ended(api.viewer, first.body.id);
    const again = await postCsv(api.operator, csv, '', key);
    expect(again).toEqual(response(202, first.body, { 'idempotency-replayed': 'true' }));
    expect(await postCsv(api.operator, csv.replace('5', '6'), '', key)).toEqual(
      problem('key-reused', {
        detail: 'This Idempotency-Key was used for another request within the last 24 hours. Use a new key.',
      }),
    );
    const { items } = (await api.viewer.get('/items?sku=ID-1')).body;
    expect(items.map(({ onHand }: { onHand: number }) => onHand)).toEqual([5]);
    expect(await count('import_chunk')).toBe(0);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const jobs = await count('import');
    const { port } = new URL(api.url);
    const upload = request({
      host: '127.0.0.1', port, method: 'POST', path: '/api/v1/imports',
      headers: { authorization: `Bearer ${api.operator.token}`, 'content-type': 'text/csv', 'content-length': 2_000_000 },
    }); // prettier-ignore
    upload.on('error', () => undefined);
    upload.write(`sku,name\n${'CUT,Cut\n'.repeat(100_000)}`);
    await until('some of it is there', async () => (await count('import_chunk')) > 0);
    upload.destroy();
    await new Promise((resolve) => upload.once('close', resolve));
    await until('nothing of it is there', async () => (await count('import_chunk')) === 0);
    expect(await count('import')).toBe(jobs);
  });

  it('checks everything in a dry run, and changes nothing', async () => {
    await load(api.operator, csvOf('sku,name,barcode,quantity', 'DRY-0,There,900,1'));
    const before = await snapshot();
    // More than one batch, so that later rows meet what earlier ones would have made.
    const filler = Array.from({ length: 3000 }, (_, n) => `DRY-F${n},Filler,,1`);
    const rows = [
      'DRY-1,One,901,1',
      'DRY-0,,900,',
      ...filler,
      'dry-1,,,2',
      'DRY-2,Two,901,1',
      'DRY-3,Three,900,1',
      'DRY-4,,,1',
    ];
    const job = await load(api.operator, csvOf('sku,name,barcode,quantity', ...rows), '?dryRun=true');
    expect(pick(job, 'state', 'dryRun', 'rows', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      dryRun: true,
      rows: 3006,
      created: 3001,
      updated: 2,
      failed: 3,
    });
    expect(await errorsOf(api.viewer, job.id)).toEqual([
      '3005,barcode,is another item’s',
      '3006,barcode,is another item’s',
      '3007,name,is missing: the item is new',
    ]);
    expect(await snapshot()).toEqual(before);
    expect(await count('import_seen')).toBe(0);
  });

  it('refuses, row by row, items that exist, where it may only create', async () => {
    const job = await load(
      api.operator,
      csvOf('sku,name,quantity', 'CR-1,One,1', 'cr-1,Again,1', 'CR-2,Two,1'),
      '?mode=create',
    );
    expect(pick(job, 'state', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      created: 2,
      updated: 0,
      failed: 1,
    });
    expect(await errorsOf(api.viewer, job.id)).toEqual(['3,sku,is taken']);
    const again = await load(api.operator, csvOf('sku,name', 'CR-1,One'), '?mode=create');
    expect(pick(again, 'state', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      created: 0,
      updated: 0,
      failed: 1,
    });
  });

  it('finds the one row that only the database can refuse', async () => {
    const full = csvOf('sku,name,quantity', 'FULL,Full,1000000000');
    await load(api.operator, full);
    const rows = Array.from({ length: 1000 }, () => 'FULL,,1000000000');
    const job = await load(
      api.operator,
      csvOf('sku,name,quantity', 'F-1,Before,1', ...rows, 'F-2,After,1'),
      '?stock=add',
    );
    expect(pick(job, 'state', 'created', 'updated', 'failed')).toEqual({
      state: 'done',
      created: 2,
      updated: 999,
      failed: 1,
    });
    expect(await errorsOf(api.viewer, job.id)).toEqual([
      '1002,quantity,No more than 1000000000000 of an item can be at one location.',
    ]);
    const swapped = await load(api.operator, csvOf('sku,name,barcode', 'SW-1,One,S1', 'SW-2,Two,S2'));
    expect(swapped.created).toBe(2);
    // SW-1 gives S1 up, SW-2 takes it: right in this order, whatever order the database writes them in.
    expect(pick(await load(api.operator, csvOf('sku,barcode', 'SW-1,S3', 'SW-2,S1')), 'updated', 'failed')).toEqual({
      updated: 2,
      failed: 0,
    });
  });

  it('lists imports, the newest first', async () => {
    const ids = [];
    for (let n = 0; n < 3; n++) ids.unshift((await load(api.operator, n === 1 ? '' : 'sku,name\n')).id);
    const page = (await api.viewer.get('/imports?limit=2')).body;
    expect(page.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const next = (await api.viewer.get(`/imports?limit=2&cursor=${page.nextCursor}`)).body;
    expect(next.items[0].id).toBe(ids[2]);
    expect((await api.viewer.get('/imports?state=failed')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      ids[1],
    ]);
  });

  it('lists imports that booked something apart from checks, and the one that booked a movement', async () => {
    const idsOf = async (query: string) =>
      (await api.viewer.get(`/imports?${query}`)).body.items.map(({ id }: { id: string }) => id);
    const csv = csvOf('sku,name,quantity', 'LIST-1,Listed,3');
    const checked = await load(api.operator, csv, '?dryRun=true');
    const booked = await load(api.operator, csv);
    expect((await idsOf('dryRun=true'))[0]).toBe(checked.id);
    expect((await idsOf('dryRun=false'))[0]).toBe(booked.id);
    expect(await idsOf('dryRun=false')).not.toContain(checked.id);
    const [item] = (await api.viewer.get('/items?sku=LIST-1')).body.items;
    const [movement] = (await api.viewer.get(`/movements?itemId=${item.id}`)).body.items;
    expect(await idsOf(`movementId=${movement.id}`)).toEqual([booked.id]);
    expect(await idsOf(`movementId=${item.id}`)).toEqual([]);
  });

  it('names errors that only the catalog and the stock know by the headings of the file', async () => {
    const csv = csvOf('Artikelnummer;Bezeichnung;Lagerort;Bestand', 'NAMED-1;;NOWHERE;1');
    const { id } = await load(api.operator, csv, '?dryRun=true');
    expect((await api.viewer.get(`/imports/${id}/failed-rows`)).body.items).toEqual([
      {
        line: 2,
        cells: ['NAMED-1', '', 'NOWHERE', '1'],
        errors: [
          { column: 'Bezeichnung', reason: 'is missing: the item is new' },
          { column: 'Lagerort', reason: 'there is no location NOWHERE' },
        ],
      },
    ]);
  });
});

const snapshot = () =>
  api.database.query(sql`
    SELECT (SELECT count(*) FROM item) AS items, (SELECT sum(version) FROM item) AS versions,
           (SELECT sum(on_hand) FROM stock_level) AS stock, (SELECT count(*) FROM movement_line) AS lines`);

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { csvOf, ended, errorsOf, load, postCsv } from './support.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await expectLedgerToHold(api.database);
  await api.close();
});

const onHand = async (sku: string) => (await api.viewer.get(`/items?sku=${sku}`)).body.items[0]?.onHand as number;
const item = async (sku: string) => (await api.viewer.get(`/items?sku=${sku}`)).body.items[0];

describe('the same file', () => {
  const csv = csvOf('sku,name,quantity', 'SAME-1,Same,7');

  it('is refused the second time, before anything is booked, unless it is confirmed', async () => {
    const first = await load(api.operator, csv, '?fileName=stock.csv&stock=add');
    const same = { id: first.id, fileName: 'stock.csv', createdAt: first.createdAt };
    expect(await postCsv(api.operator, csv, '?stock=add')).toEqual(problem('same-file', { sameFileAs: same }));
    expect(await onHand('SAME-1')).toBe(7);
    expect(pick(await load(api.operator, csv, '?dryRun=true'), 'state', 'sameFileAs')).toEqual({
      state: 'done',
      sameFileAs: same,
    });
    expect(pick(await load(api.operator, csv, '?again=true&stock=add'), 'state', 'sameFileAs')).toEqual({
      state: 'done',
      sameFileAs: same,
    });
    expect(await onHand('SAME-1')).toBe(14);
  });

  it('sent twice at once is imported once', async () => {
    const twice = csvOf('sku,name,quantity', 'SAME-2,Same,7');
    const replies = await Promise.all([1, 2, 3, 4].map(() => postCsv(api.operator, twice, '?stock=add')));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    await ended(api.viewer, replies.find(({ status }) => status === 202)!.body.id);
    expect(await onHand('SAME-2')).toBe(7);
  });

  it('may be sent again where it booked nothing', async () => {
    const wrong = csvOf('name,quantity', 'No SKU,7');
    expect((await load(api.operator, wrong)).state).toBe('failed');
    expect(pick(await load(api.operator, wrong), 'state', 'sameFileAs')).toEqual({ state: 'failed', sameFileAs: null });
  });
});

describe('opening stock', () => {
  it('is booked only where the item has no movement at the location yet', async () => {
    await api.operator.post('/locations', { code: 'SHOP', name: 'Shop' });
    await load(api.operator, csvOf('sku,name,location,quantity', 'OP-1,One,MAIN,5'));
    const job = await load(
      api.operator,
      csvOf('sku,name,location,quantity', 'OP-1,New name,MAIN,9', 'OP-1,,SHOP,2', 'OP-2,Two,MAIN,3'),
    );
    expect(pick(job, 'created', 'updated', 'failed', 'stockSkipped', 'stockDelta')).toEqual({
      created: 1,
      updated: 2,
      failed: 0,
      stockSkipped: 1,
      stockDelta: 5,
    });
    expect(await errorsOf(api.viewer, job.id)).toEqual([
      '2,quantity,"9 not booked: the item has movements at MAIN already, with 5 on hand. Send ?stock=set or ?stock=add to book it"',
    ]);
    expect(pick(await item('OP-1'), 'name', 'onHand')).toEqual({ name: 'New name', onHand: 7 });
    expect(await onHand('OP-2')).toBe(3);
  });

  it('of several rows for one item is their sum, in several batches as well', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => `SUM-${n % 2},Sum,1`);
    expect(pick(await load(api.operator, csvOf('sku,name,quantity', ...rows)), 'stockSkipped', 'stockDelta')).toEqual({
      stockSkipped: 0,
      stockDelta: 5000,
    });
    expect([await onHand('SUM-0'), await onHand('SUM-1')]).toEqual([2500, 2500]);
  });

  it.each([
    ['set', 4, { stockDelta: -6, stockSkipped: 0 }],
    ['add', 14, { stockDelta: 4, stockSkipped: 0 }],
    ['opening', 10, { stockDelta: 0, stockSkipped: 1 }],
    ['ignore', 10, { stockDelta: 0, stockSkipped: 0 }],
  ])('becomes what ?stock=%s says, and a dry run says the same beforehand', async (stock, level, figures) => {
    const sku = `MODE-${stock}`;
    await load(api.operator, csvOf('sku,name,quantity', `${sku},Mode,10`));
    const csv = csvOf('sku,quantity', `${sku},4`);
    const figuresOf = async (query: string) =>
      pick(await load(api.operator, csv, query), 'updated', 'stockDelta', 'stockSkipped');
    expect(await figuresOf(`?stock=${stock}&dryRun=true`)).toEqual({ updated: 1, ...figures });
    expect(await onHand(sku)).toBe(10);
    expect(await figuresOf(`?stock=${stock}`)).toEqual({ updated: 1, ...figures });
    expect(await onHand(sku)).toBe(level);
  });
});

describe('an import that is undone', () => {
  const undo = async (id: string) => {
    const { status, body } = await api.operator.post(`/imports/${id}/undo`);
    expect({ status, state: body.state }).toEqual({ status: 202, state: 'undoing' });
    return (await ended(api.viewer, id)).body;
  };

  it('takes back its stock, gives items their fields back, and archives those that it made', async () => {
    await load(api.operator, csvOf('sku,name,barcode,unitCost,colour,quantity', 'UN-1,Before,UN1,1.50,red,5'));
    const before = await item('UN-1');
    const job = await load(
      api.operator,
      csvOf('sku,name,unitCost,size,quantity', 'UN-1,After,2.50,XL,9', 'UN-2,Made,1,,4'),
      '?stock=add',
    );
    expect(await onHand('UN-1')).toBe(14);
    expect(pick(await undo(job.id), 'state', 'undone', 'notUndone')).toEqual({
      state: 'undone',
      undone: 2,
      notUndone: 0,
    });
    const after = await item('UN-1');
    expect(after).toEqual({ ...before, version: before.version + 2, updatedAt: after.updatedAt });
    expect(await item('UN-2')).toBe(undefined);
    const { items } = (await api.viewer.get('/items?sku=UN-2&archived=true')).body;
    expect(items.map(({ onHand }: { onHand: number }) => onHand)).toEqual([0]);
    expect((await api.operator.post(`/imports/${job.id}/undo`)).status).toBe(409);
  });

  it('leaves alone items to which something happened since, and names them', async () => {
    const skus = ['KEEP-MOVED', 'KEEP-CHANGED', 'KEEP-HELD', 'KEEP-NOT'];
    const job = await load(api.operator, csvOf('sku,name,quantity', ...skus.map((sku) => `${sku},Keep,5`)));
    const line = (sku: string) => ({ item: { sku }, location: { code: 'MAIN' }, quantity: 1 });
    await api.operator.post('/movements', { type: 'issue', lines: [line('KEEP-MOVED')] });
    await api.operator.patch(`/items/${(await item('KEEP-CHANGED')).id}`, { name: 'Changed' });
    await api.operator.post('/reservations', { lines: [line('KEEP-HELD')] });
    expect(pick(await undo(job.id), 'state', 'undone', 'notUndone')).toEqual({
      state: 'undone',
      undone: 1,
      notUndone: 3,
    });
    expect((await errorsOf(api.viewer, job.id)).sort()).toEqual([
      '0,,KEEP-CHANGED was not undone: it was changed since',
      '0,,KEEP-HELD was not undone: it has stock or reservations',
      '0,,KEEP-MOVED was not undone: its stock moved since',
    ]);
    expect(await Promise.all(skus.map(onHand))).toEqual([4, 5, 5, undefined]);
  });

  it('can be sent again', async () => {
    const csv = csvOf('sku,name,quantity', 'UNA-1,Again,3');
    const job = await load(api.operator, csv, '?stock=set');
    await undo(job.id);
    const { status, body } = await postCsv(api.operator, csv);
    expect({ status, sameFileAs: body.sameFileAs }).toEqual({ status: 202, sameFileAs: null });
  });

  it('is no dry run', async () => {
    const job = await load(api.operator, csvOf('sku,name', 'UND-1,Dry'), '?dryRun=true');
    expect((await api.operator.post(`/imports/${job.id}/undo`)).status).toBe(409);
  });
});

describe('an import that is cancelled', () => {
  it('books no further row, and can be undone', async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `CAN-${n},Cancelled,1`);
    const { body } = await postCsv(api.operator, csvOf('sku,name,quantity', ...rows));
    const cancelled = await api.operator.post(`/imports/${body.id}/cancel`);
    expect({ status: cancelled.status, state: cancelled.body.state }).toEqual({ status: 200, state: 'cancelled' });
    const { body: job } = await api.viewer.get(`/imports/${body.id}`);
    // The next import is begun when the worker has let go of this one.
    await load(api.operator, csvOf('sku,name', 'CAN-AFTER,After'));
    expect((await api.viewer.get(`/imports/${body.id}`)).body).toEqual(job);
    expect(job.done).toBeLessThan(60_000);
    const count = await api.database.first<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM item WHERE sku LIKE 'CAN-%'`,
    );
    expect(count).toEqual({ count: job.done + 1 });
    expect((await api.operator.post(`/imports/${body.id}/cancel`)).status).toBe(409);
    await api.operator.post(`/imports/${body.id}/undo`);
    expect(pick((await ended(api.viewer, body.id)).body, 'state', 'undone')).toEqual({
      state: 'undone',
      undone: job.done,
    });
  });
});

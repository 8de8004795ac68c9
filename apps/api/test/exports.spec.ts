import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { csvOf, load } from './imports/support.ts';
import { clientOf, startApi, type TestApi } from '../../../test/support/api.ts';
import { CsvDownload } from '../src/exports/csv-download.ts';
import { until } from '../../../test/support/until.ts';
import { problem } from '../../../test/support/responses.ts';
import { pick } from '../../../test/support/pick.ts';

let api: TestApi;
/** The downloads' clock stands still but for `passed`: a slow machine takes nothing from their readers' time. */
let start: number;
beforeEach(() => {
  start = Date.now();
  passed(0);
});
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const CSV = 'text/csv; charset=utf-8; header=present';
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

describe('an export', () => {
  it('of the items can be imported elsewhere as it is, and here without changing anything', async () => {
    const csv = [
      'sku,name,description,barcode,moreBarcodes,category,unit,unitCost,reorderPoint,attributes',
      'EX-1,"Mug, ""blue""","two',
      'lines",123,4006381333931|A\\|B|C\\\\,Kitchen,box,4.50,3,"{""a,b"": ""c\\""d""}"',
      'EX-2,=1+1,,,,,each,,,',
      '',
    ].join('\n');
    await load(api.operator, csv);
    const { status, headers, body } = await api.viewer.get('/exports/items.csv');
    expect({ status, body }).toEqual({ status: 200, body: csv });
    expect(pick(headers, 'content-type', 'content-disposition')).toEqual({
      'content-type': CSV,
      'content-disposition': 'attachment; filename="items.csv"',
    });
    await load(api.operator, csv, '?again=true');
    expect((await api.viewer.get('/items')).body.items.map(({ version }: { version: number }) => version)).toEqual([
      1, 1,
    ]);
    const other = await startApi();
    await load(other.operator, body as string);
    expect((await other.viewer.get('/exports/items.csv')).body).toBe(csv);
    await other.close();
  });

  it('of the items takes the words of a search, in the order of the SKUs', async () => {
    await load(
      api.operator,
      csvOf('sku,name,category', 'FIND-2,Kettle,Found', 'FIND-1,Big kettle,Found', 'FIND-3,Pan,Found'),
    );
    const skus = async (query: string) =>
      (await api.viewer.get(`/exports/items.csv?${query}`)).body.match(/^FIND-\d/gm);
    expect(await skus('q=kettlr')).toEqual(['FIND-1', 'FIND-2']);
    expect(await skus('q=kettle&category=Found&spreadsheet=true')).toEqual(['FIND-1', 'FIND-2']);
    expect(await skus('q=find-3')).toEqual(['FIND-3']);
    expect(await skus('q=no%20such')).toBeNull();
  });

  it('of the stock and of the ledger has a row for each level and each line', async () => {
    const line = { item: { sku: 'EX-1' }, location: { code: 'MAIN' } };
    const receipt = { type: 'receipt', reference: 'PO, 1', lines: [{ ...line, quantity: 10 }] };
    const { id } = (await api.operator.post('/movements', receipt)).body;
    await api.operator.post('/reservations', { lines: [{ ...line, quantity: 4 }] });
    const { id: undone } = (
      await api.operator.post('/movements', { type: 'adjustment', lines: [{ ...line, delta: -1, reason: 'broken' }] })
    ).body;
    const { id: undoing } = (await api.operator.post(`/movements/${undone}/reverse`, {})).body;
    expect((await api.viewer.get('/exports/stock.csv')).body).toMatch(
      new RegExp(`^sku,location,onHand,reserved,available,updatedAt\nEX-1,MAIN,10,4,6,${TIME}\n$`),
    );
    const rows = ((await api.viewer.get('/exports/movements.csv')).body as string).split('\n');
    expect(rows.map((row) => row.replace(new RegExp(TIME), 'TIME'))).toEqual([
      'id,type,reference,note,reverses,createdBy,createdAt,line,sku,location,delta,onHandAfter,reason',
      `${id},receipt,"PO, 1",,,Test operator,TIME,1,EX-1,MAIN,10,10,`,
      `${undone},adjustment,,,,Test operator,TIME,1,EX-1,MAIN,-1,9,broken`,
      `${undoing},reversal,,,${undone},Test operator,TIME,1,EX-1,MAIN,1,10,broken`,
      '',
    ]);
  });

  it('waits for its reader, makes a third one wait, and ends its query when the reader goes', async () => {
    await api.database.query(sql`
      INSERT INTO item (sku, name, description) SELECT 'WIDE-' || n, 'Wide', repeat('x', 4000) FROM generate_series(1, 10000) n`);
    const [first, second] = [await open(), await open()];
    expect(await api.viewer.get('/exports/items.csv')).toEqual(
      problem('unavailable', { detail: '2 of your downloads are running already.', headers: { 'retry-after': '5' } }),
    );
    expect(await copies()).toBe(2);
    first.destroy();
    await until('the query has ended', async () => (await copies()) === 1);
    let bytes = 0;
    second.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await once(second, 'end');
    expect(bytes).toBeGreaterThan(40_000_000);
    await until('the other has ended', async () => (await copies()) === 0);
    expect((await api.viewer.get('/exports/stock.csv')).status).toBe(200);
  });

  it('has six places for all callers: 20 readers that do not read hold no more, and give theirs up to others', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => clientOf(api.app, api.url, 'viewer')));
    const responses = await Promise.all([...people, ...people].map((person) => open(person)));
    const [served, refused] = [200, 503].map((status) => responses.filter(({ statusCode }) => statusCode === status));
    expect([served!.length, refused!.length]).toEqual([6, 14]);
    for (const { headers } of refused!) expect(headers['retry-after']).toBe('5');
    expect(await copies()).toBe(6);
    expect((await api.viewer.get('/items?limit=1')).status).toBe(200);
    passed(9);
    expect(await api.operator.get('/exports/stock.csv')).toEqual(
      problem('unavailable', { detail: '6 downloads are running already.' }),
    );
    // The buffers on the way may have taken enough at first to look like a reader.
    passed(12);
    await api.operator.get('/exports/stock.csv');
    passed(23);
    expect((await api.operator.get('/exports/stock.csv')).status).toBe(200);
    const wholes = await Promise.all(served!.map(isWhole));
    expect(wholes.filter((whole) => !whole)).toHaveLength(1);
    await until('their queries have ended', async () => (await copies()) === 0);
  });

  it('makes room for a caller that has none, however fast those read that have two', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => clientOf(api.app, api.url, 'viewer')));
    const responses = await Promise.all([...people, ...people].map((person) => open(person)));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200));
    passed(9);
    expect((await api.operator.get('/exports/stock.csv')).status).toBe(503);
    passed(12);
    expect((await api.operator.get('/exports/stock.csv')).status).toBe(200);
    await until('one of them has ended', async () => (await copies()) === 5);
    for (const response of responses) response.destroy();
    await until('their queries have ended', async () => (await copies()) === 0);
  });
});

/** Lets the downloads believe that so many seconds have passed since the test began. */
function passed(seconds: number): void {
  api.app.get(CsvDownload).now = () => start + seconds * 1000;
}

/** Reads a response to its end. @returns whether it was not cut off before */
const isWhole = (response: IncomingMessage): Promise<boolean> =>
  new Promise((resolve) => {
    response.on('end', () => resolve(true)).on('error', () => resolve(false));
    response.resume();
  });

/** An export whose answer has begun, but is not being read. */
async function open({ token } = api.viewer): Promise<IncomingMessage> {
  const [response] = (await once(
    get(`${api.url}/api/v1/exports/items.csv`, {
      headers: { authorization: `Bearer ${token}` },
      agent: false,
    }),
    'response',
  )) as [IncomingMessage];
  return response;
}

/** How many exports PostgreSQL is at. */
const copies = async () =>
  (await api.database.first<{ running: number }>(sql`
    SELECT count(*)::int AS running FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY (%'`))!.running;

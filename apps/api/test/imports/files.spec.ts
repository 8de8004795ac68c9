import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { csvOf, errorsOf, load, postCsv } from './support.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(undefined, { importMaxBytes: 1_000_000 });
});
afterAll(() => api.close());

const stored = async () =>
  (await api.database.first<{ chunks: number; jobs: number }>(sql`
    SELECT (SELECT count(*)::int FROM import_chunk) AS chunks, (SELECT count(*)::int FROM import) AS jobs`))!;

describe('the file of an import', () => {
  it.each([
    ['', 'The file is empty.'],
    ['\n\n', 'The file is empty.'],
    [
      'name,quantity\nA,1\n',
      'The header has no column sku; it has: name, quantity. Name the column with ?mapping={"<heading>":"sku"}.',
    ],
    ['sku,name,SKU\nA,1,2\n', 'The header has the column sku twice.'],
    ['sku,name,colour,colour\nA,1,2,3\n', 'The header has the column colour twice.'],
    ['sku,,name\nA,1,2\n', 'The header has a column without a name: column 2 holds "1". Give it a heading.'],
    ['"sku,name\nA,1\n', 'The header has a quote that is never closed.'],
    [`sku,${'x'.repeat(65)}\nA,1\n`, `The name of an attribute may have up to 64 characters: ${'x'.repeat(65)}`],
    [
      `sku,${Array.from({ length: 1000 }, (_, n) => `a${n}`).join()}\n`,
      'The header has 1001 columns; a file may have 1000. Leave out those that are not needed.',
    ],
    [`sku,${'x'.repeat(200_000)}\nA,1\n`, 'The header is longer than 131072 characters; perhaps a quote is missing.'],
  ])('fails as a whole where its header is wrong: %j', async (csv, reason) => {
    expect(pick(await load(api.operator, csv), 'state', 'reason', 'done', 'rows')).toEqual({
      state: 'failed',
      reason,
      done: 0,
      rows: null,
    });
  });

  it('may begin with a byte order mark, end its lines with CRLF or LF, or not end its last one', async () => {
    const job = await load(
      api.operator,
      '\ufeffsku;name;quantity\r\nEND-1;"a\r\nb";1\nEND-2;"B, with a 12"" pipe";2\r\n\r\nEND-3;12" pipe;3',
    );
    expect(pick(job, 'state', 'rows', 'created', 'failed')).toEqual({ state: 'done', rows: 3, created: 2, failed: 1 });
    expect(await errorsOf(api.viewer, job.id)).toEqual([expect.stringMatching(/^2,name,/)]);
    const { items } = (await api.viewer.get('/items?q=END')).body;
    expect(items.map(({ sku, name, onHand }: Record<string, unknown>) => [sku, name, onHand])).toEqual([
      ['END-2', 'B, with a 12" pipe', 2],
      ['END-3', '12" pipe', 3],
    ]);
  });

  it('counts lines rightly past quoted line ends, broken quotes and rows that are too long', async () => {
    const csv = csvOf('sku,name,description', 'L-1,One,"1\r\n2\n3"', ',x,', `L-2,Two,"${'x'.repeat(140_000)}"`, ',x,', 'L-3,"T"x,', 'L-4,Four,"never', 'closed'); // prettier-ignore
    const job = await load(api.operator, csv);
    expect(pick(job, 'state', 'created', 'rows', 'failed')).toEqual({ state: 'done', created: 1, rows: 7, failed: 6 });
    expect(await errorsOf(api.viewer, job.id)).toEqual([
      '5,sku,is missing',
      '6,,is longer than 131072 characters; perhaps a quote is missing',
      '7,sku,is missing',
      '8,,has text between a closing quote and the next delimiter',
      '9,,has a quote that is never closed',
      '10,name,is missing: the item is new',
    ]);
  });

  it('is refused where it is too large, said so beforehand or not, and nothing of it stays', async () => {
    const before = await stored();
    const csv = `sku,name\n${'x'.repeat(1_000_000)}`;
    const refused = problem('too-large');
    expect(await postCsv(api.operator, csv)).toEqual(refused);
    const response = await fetch(`${api.url}/api/v1/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.operator.token}`, 'content-type': 'text/csv' },
      body: new Blob([csv]).stream(),
      duplex: 'half',
    });
    expect({ status: response.status, body: await response.json() }).toEqual(pick(refused, 'status', 'body'));
    expect(await stored()).toEqual(before);
  });

  it('is refused as another type, and no other route takes CSV', async () => {
    const wrong = problem('unsupported-media-type');
    expect(await api.operator.post('/imports', { sku: 'A' })).toEqual(wrong);
    expect(await postCsv(api.operator, 'sku\nA\n', '', { 'content-encoding': 'gzip' })).toEqual(wrong);
    expect(await api.operator.post('/items', 'sku\nA\n', { 'content-type': 'text/csv' })).toEqual(wrong);
    expect(await api.operator.post('/imports')).toEqual(wrong);
  });
});

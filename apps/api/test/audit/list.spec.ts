import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { auditFields, auditSubjectKinds } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import type { Client } from '../../../../test/support/client.ts';
import { problem } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

interface Entry {
  id: string;
  createdAt: string;
  createdBy: { id: string };
  subject: { kind: string; id: string };
  changes: { field: string }[];
}

let api: TestApi;
let items: string[];
let key: string;
beforeAll(async () => {
  api = await startApi();
  items = [];
  for (let n = 0; n < 5; n++)
    items.push((await api.operator.post('/items', { sku: `LIST-${n}`, name: 'Mug' })).body.id as string);
  await api.admin.patch(`/items/${items[0]}`, { unitCost: 450 });
  await api.admin.patch(`/items/${items[1]}`, { unitCost: 450, barcode: '4006381333931' });
  await api.admin.patch(`/items/${items[0]}`, { unitCost: 475 });
  key = (await api.admin.post('/api-keys', { name: 'Shop', role: 'viewer' })).body.id as string;
});
afterAll(() => api.close());

const entries = async (query: string, client: Client = api.admin): Promise<Entry[]> => {
  const { status, body } = await client.get(`/audit${query}`);
  expect(status).toBe(200);
  return body.items as Entry[];
};
const subjectsOf = async (query: string) => (await entries(query)).map(({ subject }) => subject.id);

describe('the list of audit entries', () => {
  it('is read in pages, the newest first, while others are added', async () => {
    const whole = (await entries('?subjectKind=item&limit=200')).map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await api.admin.get(`/audit?subjectKind=item&limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...(body.items as Entry[]).map(({ id }) => id));
      cursor = body.nextCursor as string | null;
      if (cursor !== null) await api.admin.patch(`/items/${items[4]}`, { description: cursor });
    }
    expect(whole).toHaveLength(8);
    expect(paged).toEqual(whole);
    const oldestFirst = (await entries('?subjectKind=item&limit=200&sort=createdAt')).map(({ id }) => id);
    expect(oldestFirst.slice(0, 8)).toEqual(whole.toReversed());
  });

  it('is narrowed by what was changed, by whom and which field', async () => {
    const [first, second] = items as [string, string];
    const [{ createdBy: admin }] = (await entries(`?subjectId=${key}`)) as [Entry];
    expect(await subjectsOf('?subjectKind=api-key')).toEqual([key]);
    expect(await subjectsOf('?field=unitCost')).toEqual([first, second, first]);
    expect(await subjectsOf(`?field=unitCost&subjectId=${first}`)).toEqual([first, first]);
    expect(await subjectsOf('?field=barcode')).toEqual([second]);
    expect(await subjectsOf(`?actorId=${admin.id}&subjectId=${second}`)).toEqual([second]);
    expect(await subjectsOf(`?subjectKind=location&subjectId=${first}`)).toEqual([]);
    const { body } = await api.admin.get('/audit?field=unitCost&count=true&limit=1');
    expect(pick(body, 'count', 'countIsCapped')).toEqual({ count: 3, countIsCapped: false });
  });

  it('is narrowed to a time, its beginning included and its end not', async () => {
    const [last, second, first] = (await entries('?field=unitCost')) as [Entry, Entry, Entry];
    const at = ({ createdAt }: Entry) => encodeURIComponent(createdAt);
    const ids = async (query: string) => (await entries(`?field=unitCost${query}`)).map(({ id }) => id);
    const before = (entry: Entry) => [last, second, first].filter(({ createdAt }) => createdAt < entry.createdAt);
    expect(await ids(`&to=${at(last)}`)).toEqual(before(last).map(({ id }) => id));
    expect(await ids(`&from=${at(first)}`)).toEqual([last.id, second.id, first.id]);
    expect(await ids('&from=0001-01-01T00:00:00%2B15:59&to=9999-12-31T23:59:59-15:59')).toHaveLength(3);
    expect(await ids('&from=9999-12-31T23:59:59Z')).toEqual([]);
    expect(await ids('&to=1969-12-31T23:59:59Z')).toEqual([]);
  });

  it('shows viewers and operators neither people and keys nor sessions and addresses', async () => {
    for (const client of [api.viewer, api.operator]) {
      const seen = await entries('?limit=200', client);
      expect([...new Set(seen.map(({ subject }) => subject.kind))]).toEqual(['item']);
      expect(seen.filter((entry) => 'sessionId' in entry && 'address' in entry)).toHaveLength(seen.length);
      expect(seen.map((entry) => pick(entry as never, 'sessionId', 'address'))).toEqual(
        seen.map(() => ({ sessionId: null, address: null })),
      );
      expect(await entries(`?subjectId=${key}`, client)).toEqual([]);
    }
    expect(await api.operator.get('/audit?subjectKind=user')).toEqual(
      problem('forbidden', { detail: 'Changes of user, api-key and webhook need the role admin; you are operator.' }),
    );
    expect((await entries('?limit=200')).map(({ subject }) => subject.kind)).toContain('user');
  });

  it.each([
    ['subjectKind=thing', '/subjectKind', `must be one of the following values: ${auditSubjectKinds.join(', ')}`],
    ['field=password_hash', '/field', `must be one of the following values: ${auditFields.join(', ')}`],
    ['subjectId=1', '/subjectId', 'must be a UUID'],
    ['actorId=me', '/actorId', 'must be a UUID'],
    ['sort=action', '/sort', 'must be one of the following values: createdAt, -createdAt'],
    ['cursor=x', '/cursor', 'must be nextCursor of a page of the same list in the same order'],
    ['action=created', '/action', 'is not a field here'],
  ])('refuses %s', async (query, pointer, detail) => {
    const { status, body } = await api.admin.get(`/audit?${query}`);
    expect({ status, errors: body.errors as unknown }).toEqual({ status: 400, errors: [{ pointer, detail }] });
  });
});

it('records changes of one item that come together in the order of its versions', async () => {
  const id = items[3]!;
  const patch = (reorderPoint: number) => api.operator.patch(`/items/${id}`, { reorderPoint });
  // No more at a time than there are connections: others would get 503 on a slow machine.
  for (let n = 0; n < 20; n += 5)
    expect((await Promise.all([1, 2, 3, 4, 5].map((m) => patch(n + m)))).map(({ status }) => status)).toEqual(Array(5).fill(200)); // prettier-ignore
  const rows = await api.database.query<{ from: number | null; to: number }>(sql`
    SELECT changes -> 'reorderPoint' -> 0 AS from, changes -> 'reorderPoint' -> 1 AS to
    FROM audit_entry WHERE subject_id = ${id} AND fields @> '{reorderPoint}' ORDER BY id`);
  expect(rows).toHaveLength(20);
  expect(rows.map(({ from }) => from)).toEqual([null, ...rows.slice(0, -1).map(({ to }) => to)]);
});

it('exports a row for each field, to admins', async () => {
  const { body } = await api.admin.get('/exports/audit.csv');
  const [head, ...rows] = (body as string).trimEnd().split('\n');
  expect(head).toBe(
    'id,createdAt,actorId,createdBy,sessionId,address,importId,action,subjectKind,subjectId,field,from,to',
  );
  const ofItem = rows.filter((row) => row.includes(items[1]!) && row.includes(',updated,'));
  expect(ofItem.map((row) => row.split(',').slice(5))).toEqual([
    ['127.0.0.1', '', 'updated', 'item', items[1], 'barcode', '', '4006381333931'],
    ['127.0.0.1', '', 'updated', 'item', items[1], 'unitCost', '', '450'],
  ]);
  expect((await api.operator.get('/exports/audit.csv')).status).toBe(403);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { locationSorts } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/) as unknown;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as unknown;

const codesOf = ({ body }: { body: { items: { code: string }[] } }) => body.items.map(({ code }) => code);
const byCode = async (code: string) => (await api.viewer.get(`/locations?code=${code}`)).body.items[0];

describe('locations', () => {
  it('begin with MAIN, which is not archived while it is the last one', async () => {
    const { body } = await api.viewer.get('/locations');
    expect(body).toEqual({
      items: [
        {
          id: UUID,
          code: 'MAIN',
          name: 'Main',
          archivedAt: null,
          version: 1,
          createdAt: TIME,
          updatedAt: TIME,
          updatedBy: null,
        },
      ],
      nextCursor: null,
    });
    expect(await api.operator.delete(`/locations/${body.items[0].id}`)).toEqual(
      problem('conflict', {
        detail: 'It is the last location that is not archived. Add or restore another one first.',
      }),
    );
  });

  it('are added once for an idempotency key, and answered whole', async () => {
    const add = () =>
      api.operator.post('/locations', { code: 'SHOP', name: 'The shop' }, { 'idempotency-key': 'add-shop' });
    const { status, headers, body } = await add();
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: UUID, code: 'SHOP', name: 'The shop', archivedAt: null, version: 1, createdAt: TIME, updatedAt: TIME, updatedBy: { id: UUID, kind: 'user', name: 'Test operator' } },
    }); // prettier-ignore
    expect(pick(headers, 'etag', 'location')).toEqual({ etag: '"1"', location: `/api/v1/locations/${body.id}` });
    expect(await add()).toEqual(response(201, body, { 'idempotency-replayed': 'true' }));
    expect(await api.viewer.get(`/locations/${body.id}`)).toEqual(response(200, body, { etag: '"1"' }));
    expect((await api.viewer.get(`/locations/${body.id}`, { 'if-none-match': '"1"' })).status).toBe(304);
  });

  it('refuse a code that differs from another one only in case', async () => {
    await api.operator.post('/locations', { code: 'Dock', name: 'Dock' });
    const taken = problem('conflict', { errors: [{ pointer: '/code', detail: 'is taken' }] });
    expect(await api.operator.post('/locations', { code: 'DOCK', name: 'Another' })).toEqual(taken);
    const { body } = await api.operator.post('/locations', { code: 'Yard', name: 'Yard' });
    expect(await api.operator.patch(`/locations/${body.id}`, { code: 'dock' })).toEqual(taken);
  });

  it.each([
    [{ code: '', name: 'x' }, '/code'],
    [{ code: 'x'.repeat(33), name: 'x' }, '/code'],
    [{ code: ' x', name: 'x' }, '/code'],
    [{ code: 'x' }, '/name'],
    [{ code: 'x', name: null }, '/name'],
    [{ code: 'x', name: 'x', archived: false }, '/archived'],
  ])('refuse %j', async (body, pointer) => {
    expect(await api.operator.post('/locations', body)).toEqual(
      problem('invalid-fields', { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) }),
    );
  });

  it('change by version', async () => {
    const { body: location } = await api.operator.post('/locations', { code: 'VAN', name: 'Van' });
    const change = (ifMatch: string) =>
      api.operator.patch(`/locations/${location.id}`, { name: 'Blue van' }, { 'if-match': ifMatch });
    expect(await change('"1"')).toEqual(
      response(200, { ...location, name: 'Blue van', version: 2, updatedAt: TIME }, { etag: '"2"' }),
    );
    expect(await change('"1"')).toEqual(
      problem('precondition-failed', {
        detail: 'It is at version 2 now. Read it again, then decide.',
        headers: { etag: '"2"' },
      }),
    );
    expect((await api.operator.delete(`/locations/${location.id}`, { 'if-match': '"1"' })).status).toBe(412);
  });

  it('are archived and come back', async () => {
    const { body: location } = await api.operator.post('/locations', { code: 'ATTIC', name: 'Attic' });
    for (let twice = 0; twice < 2; twice++)
      expect(await api.operator.delete(`/locations/${location.id}`)).toEqual(response(204, ''));
    expect(await byCode('attic')).toBeUndefined();
    expect(codesOf(await api.viewer.get('/locations?archived=true'))).toEqual(['ATTIC']);
    expect(await api.operator.patch(`/locations/${location.id}`, { name: 'Loft' })).toEqual(
      problem('conflict', { detail: 'The location is archived. Restore it first, with {"archived": false}.' }),
    );
    expect(await api.operator.patch(`/locations/${location.id}`, { archived: false })).toEqual(
      response(200, { ...location, version: 3, updatedAt: TIME }),
    );
  });

  it('are not archived while they hold stock', async () => {
    const { body: location } = await api.operator.post('/locations', { code: 'SHED', name: 'Shed' });
    const { body: item } = await api.operator.post('/items', { sku: 'RAKE', name: 'Rake' });
    await api.database.query(
      sql`INSERT INTO stock_level (item_id, location_id, on_hand) VALUES (${item.id}, ${location.id}, 2)`,
    );
    expect(await api.operator.delete(`/locations/${location.id}`)).toEqual(
      problem('conflict', { detail: expect.stringContaining('2 on hand, 0 reserved') }),
    );
    await api.database.query(sql`UPDATE stock_level SET on_hand = 0 WHERE item_id = ${item.id}`);
    expect((await api.operator.delete(`/locations/${location.id}`)).status).toBe(204);
    expect(await api.database.query(sql`SELECT FROM stock_level WHERE location_id = ${location.id}`)).toEqual([]);
  });

  it.each(['get', 'delete', 'patch'] as const)('answer 404 and 400 to %s of what is not there', async (method) => {
    const send = (id: string) => api.operator[method](`/locations/${id}`, method === 'patch' ? {} : undefined);
    const id = '01890000-0000-7000-8000-000000000000';
    expect(await send(id)).toEqual(problem('not-found', { detail: `There is no location ${id}.` }));
    expect(await send('MAIN')).toEqual(
      problem('invalid-parameters', {
        detail: 'The id in the path is not a UUID.',
        errors: [{ pointer: '/id', detail: 'must be a UUID' }],
      }),
    );
  });

  it.each(locationSorts)('are listed by %s, page by page', async (sort) => {
    const whole = codesOf(await api.viewer.get(`/locations?sort=${sort}`));
    expect(whole).toHaveLength(6);
    const up = sort.endsWith('code')
      ? ['ATTIC', 'Dock', 'MAIN', 'SHOP', 'VAN', 'Yard']
      : ['MAIN', 'SHOP', 'Dock', 'Yard', 'VAN', 'ATTIC'];
    expect(whole).toEqual(sort.startsWith('-') ? up.reverse() : up);
    const first = await api.viewer.get(`/locations?sort=${sort}&limit=3&count=true`);
    expect(pick(first.body, 'count', 'countIsCapped')).toEqual({ count: 6, countIsCapped: false });
    const second = await api.viewer.get(`/locations?sort=${sort}&limit=3&cursor=${first.body.nextCursor}`);
    expect([...codesOf(first), ...codesOf(second)]).toEqual(whole);
    const other = locationSorts.find((another) => another !== sort)!;
    expect(await api.viewer.get(`/locations?sort=${other}&cursor=${first.body.nextCursor}`)).toEqual(
      problem('invalid-parameters', {
        detail: 'The cursor is not one that this list gave for this order.',
        errors: [{ pointer: '/cursor', detail: 'must be nextCursor of a page of the same list in the same order' }],
      }),
    );
  });

  it('never all go, even where two people archive the last two at once', async () => {
    const { items } = (await api.viewer.get('/locations')).body as { items: { id: string }[] };
    const statuses = await Promise.all(
      items.map(async ({ id }) => (await api.operator.delete(`/locations/${id}`)).status),
    );
    expect(statuses.sort()).toEqual([204, 204, 204, 204, 204, 409]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { Stock } from './stock.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
let stock: Stock;
const id: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi();
  stock = new Stock(api);
  for (const code of ['MAIN', 'SHOP']) id[code] = await stock.location(code);
  for (const sku of ['MUG', 'CUP', 'BUSY']) id[sku] = await stock.item(sku);
  await stock.movement('2026-03-01T10:00:00Z', ['MUG', 'MAIN', 40, 40], ['CUP', 'MAIN', 7, 7]);
  await stock.movement('2026-03-02T10:00:00Z', ['MUG', 'MAIN', -12, 28], ['MUG', 'SHOP', 12, 12]);
  await stock.movement('2026-03-03T10:00:00Z', ['MUG', 'SHOP', -2, 10]);
  await stock.movement('2026-03-04T10:00:00Z', ['MUG', 'MAIN', 0, 28]);
});
afterAll(() => api.close());

const history = async (query: Record<string, string>) =>
  (await api.viewer.get(`/reports/history?${new URLSearchParams(query).toString()}`)).body;
const step = (day: number, onHand: number) => ({
  at: `2026-03-0${day}T10:00:00+00:00`,
  last: onHand,
  min: onHand,
  max: onHand,
});

describe('the history of an item', () => {
  it('has a step for each movement, over all locations', async () => {
    expect(await history({ itemId: id.MUG!, to: '2026-04-01T00:00:00Z' })).toEqual({
      itemId: id.MUG,
      locationId: null,
      from: '2026-03-01T10:00:00+00:00',
      to: '2026-04-01T00:00:00+00:00',
      opening: 0,
      bucketSeconds: null,
      points: [step(1, 40), step(2, 40), step(3, 38), step(4, 38)],
    });
  });

  it('has those of one location, and says what was there before', async () => {
    const from = '2026-03-02T10:00:00.000Z';
    expect(await history({ itemId: id.MUG!, locationId: id.MAIN!, from, to: '2026-03-04T10:00:00.000Z' })).toEqual({
      itemId: id.MUG,
      locationId: id.MAIN,
      from: '2026-03-02T10:00:00+00:00',
      to: '2026-03-04T10:00:00+00:00',
      opening: 40,
      bucketSeconds: null,
      points: [step(2, 28)],
    });
    expect(
      pick(
        await history({ itemId: id.MUG!, locationId: id.SHOP!, from, to: '2026-04-01T00:00:00Z' }),
        'opening',
        'points',
      ),
    ).toEqual({
      opening: 0,
      points: [step(2, 12), step(3, 10)],
    });
  });

  it('is empty where nothing was ever booked, and ends now', async () => {
    const { from, to, ...rest } = await history({ itemId: id.CUP!, locationId: id.SHOP! });
    expect(rest).toEqual({ itemId: id.CUP, locationId: id.SHOP, opening: 0, bucketSeconds: null, points: [] });
    expect(from).toBe(to);
  });

  it('goes by the order of the ledger, also where clocks were not in that order', async () => {
    const sku = 'CLOCKS';
    id[sku] = await stock.item(sku);
    const booked = [5, 3, -2, 7, -1];
    const times = ['10:00:00', '09:59:50', '10:00:10', '10:00:05', '10:00:20'];
    let after = 0;
    for (const [n, delta] of booked.entries())
      await stock.movement(`2026-04-01T${times[n]}Z`, [sku, 'MAIN', delta, (after += delta)]);
    for (const from of ['09:59:00', '09:59:55', ...times, '10:00:15', '10:00:30']) {
      const { opening, points } = await history({ itemId: id[sku], from: `2026-04-01T${from}Z` });
      const levels = [opening, ...(points as { last: number }[]).map(({ last }) => last)];
      const changes = levels.slice(1).map((level, n) => level - levels[n]!);
      expect([from, changes]).toEqual([from, booked.slice(booked.length - changes.length)]);
    }
  });

  it('gathers many movements in stretches of time, each with its range', async () => {
    // 3,000 movements, one a second, up and down by turns: 5, 3, 8, 6, 11, …
    await api.database.query(sql`
      WITH made AS (
        INSERT INTO movement (id, type, actor_id, created_at)
        SELECT uuidv7(), 'receipt', '00000000-0000-7000-8000-000000000000', '2026-05-01T00:00:00Z'::timestamptz + n * interval '1 s'
        FROM generate_series(0, 2999) n RETURNING seq, created_at
      ), numbered AS (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS n FROM made)
      INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after)
      SELECT seq, 1, ${id.BUSY}, ${id.MAIN}, CASE n % 2 WHEN 0 THEN 5 ELSE -2 END, 3 * (n / 2) + CASE n % 2 WHEN 0 THEN 5 ELSE 3 END
      FROM numbered`);
    const query = { itemId: id.BUSY!, from: '2026-05-01T00:00:00Z' };
    const { points, ...rest } = await history({ ...query, to: '2026-05-01T01:06:40Z' });
    expect(rest).toEqual({
      itemId: id.BUSY, locationId: null, from: '2026-05-01T00:00:00+00:00', to: '2026-05-01T01:06:40+00:00', opening: 0,
      bucketSeconds: 2,
    }); // prettier-ignore
    expect(points).toHaveLength(1500);
    expect(points.slice(0, 3)).toEqual([
      { at: '2026-05-01T00:00:00+00:00', last: 3, min: 0, max: 5 },
      { at: '2026-05-01T00:00:02+00:00', last: 6, min: 3, max: 8 },
      { at: '2026-05-01T00:00:04+00:00', last: 9, min: 6, max: 11 },
    ]);
    expect(points.at(-1)).toEqual({ at: '2026-05-01T00:49:58+00:00', last: 4500, min: 4497, max: 4502 });
    const few = await history({ ...query, to: '2026-05-01T00:33:20Z' });
    expect({ bucketSeconds: few.bucketSeconds, points: few.points.length }).toEqual({
      bucketSeconds: null,
      points: 2000,
    });
  });

  it.each([
    ['an item that does not exist', { itemId: '01890000-0000-7000-8000-000000000000' }, 404],
    ['a location that does not exist', { itemId: 'MUG', locationId: '01890000-0000-7000-8000-000000000000' }, 404],
    ['no item', {}, 400],
    ['no UUID', { itemId: 'x' }, 400],
    ['no time', { itemId: 'MUG', from: 'yesterday' }, 400],
    ['a day that does not exist', { itemId: 'MUG', from: '2026-02-30T00:00:00Z' }, 400],
    ['a time that PostgreSQL cannot read', { itemId: 'MUG', from: '2026-W10' }, 400],
    [
      'times that are the wrong way round',
      { itemId: 'MUG', from: '2026-03-02T00:00:00Z', to: '2026-03-02T00:00:00Z' },
      400,
    ],
    ['a field that it does not have', { itemId: 'MUG', colour: 'blue' }, 400],
  ] as [string, Record<string, string>, number][])('refuses %s', async (_, { itemId, ...query }, status) => {
    const parameters = new URLSearchParams({ ...(itemId !== undefined && { itemId: id[itemId] ?? itemId }), ...query });
    expect((await api.viewer.get(`/reports/history?${parameters.toString()}`)).status).toBe(status);
  });
});

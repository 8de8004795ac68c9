import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { pick } from '../../../../test/support/pick.ts';
import { Stock } from './stock.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Each of the last 30 days there, today last. */
async function days(timeZone = 'UTC'): Promise<string[]> {
  const rows = await api.database.query<{ day: string }>(sql`
    SELECT to_char((now() AT TIME ZONE ${timeZone})::date - n, 'YYYY-MM-DD') AS day FROM generate_series(29, 0, -1) n`);
  return rows.map(({ day }) => day);
}

describe('an empty stock', () => {
  it('has a summary, a valuation and nothing that is low', async () => {
    expect((await api.viewer.get('/reports/summary')).body).toEqual({
      items: 0, locations: 1, onHand: 0, reserved: 0, stockValue: 0, currency: 'USD', lowItems: 0, movementsToday: 0, timeZone: 'UTC',
      movementsPerDay: (await days()).map((date) => ({ date, movements: 0 })), importsUnderWay: 0,
    }); // prettier-ignore
    expect((await api.viewer.get('/reports/valuation')).body).toEqual({
      currency: 'USD',
      total: { units: 0, value: 0, itemsWithoutCost: 0, unitsWithoutCost: 0 },
      categories: [],
      locations: [],
    });
    expect((await api.viewer.get('/reports/low-stock')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('a stock', () => {
  const id: Record<string, string> = {};
  beforeAll(async () => {
    const stock = new Stock(api);
    for (const code of ['MAIN', 'SHOP', 'VAN']) id[code] = await stock.location(code);
    id.MUG = await stock.item('MUG', { category: 'Kitchen', unitCost: 450, reorderPoint: 10, unit: 'box' });
    id.CUP = await stock.item('CUP', { category: 'Kitchen', unitCost: 300, reorderPoint: 20 });
    id.PEN = await stock.item('PEN', { category: 'Office', reorderPoint: 0 });
    id.BOX = await stock.item('BOX', { unitCost: 1_000_000_000_000 });
    id.NONE = await stock.item('NONE', { unitCost: 5, reorderPoint: 3 });
    id.OLD = await stock.item('OLD', { unitCost: 5, reorderPoint: 3 });
    await api.operator.delete(`/items/${id.OLD}`);
    await api.operator.delete(`/locations/${id.VAN}`);
    await stock.level('MUG', 'MAIN', 8, 3);
    await stock.level('MUG', 'SHOP', 4, 5);
    await stock.hold('MUG', 'MAIN', 3, 3600);
    await stock.hold('MUG', 'SHOP', 4, -1);
    await stock.hold('MUG', 'SHOP', 1, 3600);
    await stock.level('CUP', 'SHOP', 21, 7);
    await stock.hold('CUP', 'SHOP', 7, -1);
    await stock.level('PEN', 'MAIN', 6);
    await stock.level('PEN', 'SHOP', 2);
    await stock.level('BOX', 'MAIN', 1_000_000_001);
    // As if another task had claimed them, so that none takes them.
    await api.database.query(sql`
      INSERT INTO import (id, file_id, state, mode, dry_run, actor_id, lease_token, leased_until)
      SELECT uuidv7(), uuidv7(), state, 'upsert', false, '00000000-0000-7000-8000-000000000000', uuidv7(), now() + interval '1 day'
      FROM unnest(ARRAY['queued', 'running', 'done', 'failed']) state`);
    await stock.movement('now', ['MUG', 'MAIN', 8, 8], ['PEN', 'MAIN', 6, 6]);
    await stock.movement('now', ['MUG', 'SHOP', 4, 4]);
    await stock.movement('yesterday UTC', ['CUP', 'SHOP', 21, 21]);
    await stock.movement('today UTC', ['PEN', 'SHOP', 2, 2]);
    const [first] = await days();
    await stock.movement(`${first} 00:00:00Z`, ['BOX', 'MAIN', 1, 1]);
    await stock.movement(`${first} 00:00:00Z`, ['BOX', 'MAIN', 1, 2]);
    const tooOld = await api.database.first<{ at: string }>(
      sql`SELECT (${`${first} 00:00:00Z`}::timestamptz - interval '1 ms')::text AS at`,
    );
    await stock.movement(tooOld!.at, ['BOX', 'MAIN', 1, 3]);
  });

  it('is summed up, without what is archived and without holds that are over', async () => {
    const { status, body } = await api.viewer.get('/reports/summary');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        items: 5, locations: 2, onHand: 12 + 21 + 8 + 1_000_000_001, reserved: 4, currency: 'USD',
        stockValue: expect.any(Number), lowItems: 2, movementsToday: 3, timeZone: 'UTC',
        movementsPerDay: (await days()).map((date, n) => ({ date, movements: { 0: 2, 28: 1, 29: 3 }[n] ?? 0 })), importsUnderWay: 2,
      },
    }); // prettier-ignore
  });

  // Their days begin 25 hours apart; in the last, days of 23 and 25 hours are among the 30 in spring and autumn.
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York'])(
    'counts movements by the days of %s',
    async (timeZone) => {
      const movements = (await api.viewer.get('/movements?limit=200')).body.items as { createdAt: string }[];
      const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone });
      const perDay = Map.groupBy(movements, ({ createdAt }) => dayOf.format(new Date(createdAt)));
      const { body } = await api.viewer.get(`/reports/summary?timeZone=${timeZone}`);
      const expected = (await days(timeZone)).map((date) => ({ date, movements: perDay.get(date)?.length ?? 0 }));
      expect(pick(body, 'timeZone', 'movementsToday', 'movementsPerDay')).toEqual({
      timeZone, movementsToday: expected.at(-1)!.movements, movementsPerDay: expected,
    }); // prettier-ignore
    },
  );

  it.each(['CET', '+02:00', 'Mars/Olympus_Mons', 'posix/Europe/Berlin', "Europe/'", 'x'.repeat(65)])(
    'refuses the time zone %j, which PostgreSQL or ICU does not know or reads in another way',
    async (timeZone) => {
      const { status, body } = await api.viewer.get(`/reports/summary?timeZone=${encodeURIComponent(timeZone)}`);
      expect([status, body.errors[0].pointer]).toEqual([400, '/timeZone']);
    },
  );

  it('is valued exactly, also past what a double holds', async () => {
    const text = async (path: string) =>
      (await fetch(`${api.url}/api/v1${path}`, { headers: { authorization: `Bearer ${api.viewer.token}` } })).text();
    const exact = 12n * 450n + 21n * 300n + 1_000_000_001n * 1_000_000_000_000n;
    expect(await text('/reports/summary')).toContain(`"stockValue":${exact},`);
    expect(await text('/reports/valuation')).toContain(`"total":{"units":1000000042,"value":${exact},`);
  });

  it('is valued by category and by location, with what has no cost beside it', async () => {
    const box = 1_000_000_001 * 1_000_000_000_000;
    const whole = { itemsWithoutCost: 0, unitsWithoutCost: 0 };
    expect((await api.viewer.get('/reports/valuation')).body).toEqual({
      currency: 'USD',
      total: { units: 1_000_000_042, value: box + 11_700, itemsWithoutCost: 1, unitsWithoutCost: 8 },
      categories: [
        { category: null, units: 1_000_000_001, value: box, ...whole },
        { category: 'Kitchen', units: 33, value: 11_700, ...whole },
        { category: 'Office', units: 8, value: 0, itemsWithoutCost: 1, unitsWithoutCost: 8 },
      ],
      locations: [
        { location: { id: id.MAIN, code: 'MAIN' }, units: 1_000_000_015, value: box + 3600, itemsWithoutCost: 1, unitsWithoutCost: 6 },
        { location: { id: id.SHOP, code: 'SHOP' }, units: 27, value: 8100, itemsWithoutCost: 1, unitsWithoutCost: 2 },
      ],
    }); // prettier-ignore
  });

  it('lists what is low, the largest shortage first', async () => {
    const mug = {
      item: { id: id.MUG, sku: 'MUG', name: 'The MUG' }, category: 'Kitchen', unit: 'box', reorderPoint: 10, onHand: 12,
      reserved: 4, available: 8, shortage: 2,
    }; // prettier-ignore
    const none = {
      item: { id: id.NONE, sku: 'NONE', name: 'The NONE' }, category: null, unit: 'each', reorderPoint: 3, onHand: 0,
      reserved: 0, available: 0, shortage: 3,
    }; // prettier-ignore
    expect((await api.viewer.get('/reports/low-stock?count=true')).body).toEqual({
      items: [none, mug],
      nextCursor: null,
      count: 2,
      countIsCapped: false,
    });
    expect((await api.viewer.get('/reports/low-stock?sort=sku')).body.items).toEqual([mug, none]);
    expect((await api.viewer.get('/reports/low-stock?category=Kitchen')).body.items).toEqual([mug]);
    for (const [sort, order] of [
      ['-shortage', [none, mug]],
      ['sku', [mug, none]],
    ] as const) {
      const first = (await api.viewer.get(`/reports/low-stock?sort=${sort}&limit=1`)).body;
      expect(first.items).toEqual([order[0]]);
      const second = (await api.viewer.get(`/reports/low-stock?sort=${sort}&limit=1&cursor=${first.nextCursor}`)).body;
      expect(second).toEqual({ items: [order[1]], nextCursor: null });
    }
  });
});

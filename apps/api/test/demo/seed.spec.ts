import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sql from 'sql-template-tag';
import { readEnvironment } from '#service';
import { runReconcile } from '../../src/commands/reconcile.ts';
import { runSeed } from '../../src/commands/seed.ts';
import { ApiEnvironment } from '../../src/environment.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { pick } from '../../../../test/support/pick.ts';

let testDatabase: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  api = await startApi(testDatabase);
});
afterAll(() => api.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs a command against the database. @returns its exit code and the last line that it printed */
async function run(command: (environment: ApiEnvironment) => Promise<number>) {
  const printed: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const code = await command(readEnvironment(ApiEnvironment, { DATABASE_URL: testDatabase.options.url }));
  return { code, last: printed.at(-1) };
}

const one = async (statement: ReturnType<typeof sql>) => api.database.first(statement);

describe('the sample shop', () => {
  it('fills an empty database', async () => {
    expect(await run(runSeed)).toEqual({ code: 0, last: 'The sample shop is in the database.' });
    const { body } = await api.viewer.get('/reports/summary');
    expect(pick(body, 'items', 'locations', 'reserved')).toEqual({ items: 297, locations: 3, reserved: 9 });
    expect(body.lowItems).toBeGreaterThan(5);
    expect(body.lowItems).toBeLessThan(60);
    const days = (body.movementsPerDay as { movements: number }[]).filter(({ movements }) => movements > 0);
    expect(days.length).toBeGreaterThan(20);
    expect((await api.viewer.get('/locations')).body.items.map(({ code }: { code: string }) => code)).toEqual([
      'MAIN',
      'SHOP',
      'VAN',
    ]);
    expect((await api.viewer.get('/reservations?state=held')).body.items).toHaveLength(6);
    expect((await api.viewer.get('/items?q=inner+tube')).body.items.length).toBeGreaterThan(5);
  });

  it('has a ledger that its levels are the sum of', async () => {
    expect(await run(runReconcile)).toEqual({ code: 0, last: 'No difference.' });
  });

  it('has movements of every type over a year, in the order in which they happened', async () => {
    const types = await api.database.query(sql`SELECT DISTINCT type FROM movement ORDER BY type`);
    expect(types.map((row) => (row as { type: string }).type)).toEqual([
      'adjustment',
      'count',
      'issue',
      'receipt',
      'reversal',
      'transfer',
    ]);
    expect(
      await one(sql`
        SELECT bool_and(created_at >= earlier) AS "inOrder", max(created_at) < now() AS past,
               extract(day FROM max(created_at) - min(created_at)) BETWEEN 360 AND 366 AS year
        FROM (SELECT created_at, lag(created_at) OVER (ORDER BY seq) AS earlier FROM movement) movement`),
    ).toEqual({ inOrder: true, past: true, year: true });
    expect(
      await one(sql`
        SELECT count(*) FILTER (WHERE sum <> 0)::int AS broken FROM (
          SELECT sum(delta) FROM movement JOIN movement_line ON movement_seq = seq WHERE type = 'transfer' GROUP BY seq, item_id
        ) transfer`),
    ).toEqual({ broken: 0 });
    expect(
      await one(sql`
        SELECT count(*)::int AS broken FROM movement undo JOIN movement_line line ON line.movement_seq = undo.seq
        LEFT JOIN movement_line undone
          ON undone.movement_seq = undo.reverses AND undone.line_no = line.line_no AND undone.delta = -line.delta
        WHERE undo.type = 'reversal' AND undone.movement_seq IS NULL`),
    ).toEqual({ broken: 0 });
  });

  it('goes on like any other stock', async () => {
    const { body } = await api.viewer.get('/items?sku=tub-pres-29');
    const movement = { type: 'receipt', lines: [{ item: body.items[0].id, location: { code: 'VAN' }, quantity: 3 }] };
    expect((await api.operator.post('/movements', movement)).status).toBe(201);
    expect((await run(runReconcile)).code).toBe(0);
  });

  it('leaves a database alone that has items', async () => {
    const before = (await api.viewer.get('/reports/summary')).body;
    expect(await run(runSeed)).toEqual({ code: 1, last: 'The database has items already; nothing was changed.' });
    expect((await api.viewer.get('/reports/summary')).body).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { Database } from '../../src/database/database.ts';
import { type PastMovement, writeHistory, writeReservations } from '../../src/stock/history-writer.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';

const ACTOR = '00000000-0000-7000-8000-000000000000';
const MUG = '01890000-0000-7000-8000-000000000001';
const CUP = '01890000-0000-7000-8000-000000000002';

let testDatabase: TestDatabase;
let database: Database;
let main: string;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.options);
  await database.query(sql`INSERT INTO item (id, sku, name) VALUES (${MUG}, 'MUG', 'Mug'), (${CUP}, 'CUP', 'Cup')`);
  main = (await database.first<{ id: string }>(sql`SELECT id FROM location`))!.id;
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const movement = (at: string, delta: number, more: Partial<PastMovement> = {}): PastMovement => ({
  type: delta > 0 ? 'receipt' : 'issue',
  at: new Date(at),
  reference: null,
  note: null,
  reverses: null,
  lines: [{ itemId: MUG, locationId: main, delta, reason: null }],
  ...more,
});
const write = (...movements: PastMovement[]) => database.transaction((tx) => writeHistory(tx, ACTOR, movements));
const written = () => database.query(sql`SELECT FROM movement UNION ALL SELECT FROM stock_level`);

describe('a history', () => {
  it('is refused where it is not in order of time', async () => {
    await expect(write(movement('2026-02-02T00:00:00Z', 5), movement('2026-02-01T00:00:00Z', 5))).rejects.toThrow(
      'The movement of 2026-02-01T00:00:00.000Z comes after a later one.',
    );
    expect(await written()).toEqual([]);
  });

  it('is refused where a movement would make a level negative', async () => {
    await expect(write(movement('2026-02-01T00:00:00Z', 5), movement('2026-02-02T00:00:00Z', -6))).rejects.toThrow(
      `The movement of 2026-02-02T00:00:00.000Z leaves -1 of item ${MUG}.`,
    );
    expect(await written()).toEqual([]);
  });

  it('is written whole, each line with what it left on hand', async () => {
    const reason = 'broken';
    await write(
      movement('2026-02-01T00:00:00Z', 5, { reference: 'PO-1', note: 'Two boxes' }),
      movement('2026-02-01T00:00:00Z', -2),
      movement('2026-02-02T00:00:00Z', 2, { type: 'reversal', reverses: 1 }),
      movement('2026-02-03T00:00:00Z', 0, {
        type: 'adjustment',
        lines: [
          { itemId: MUG, locationId: main, delta: -1, reason },
          { itemId: MUG, locationId: main, delta: -1, reason: null },
        ],
      }),
    );
    expect(
      await database.query(sql`
        SELECT movement.type, reference, note, (SELECT type FROM movement undone WHERE undone.seq = movement.reverses) AS undoes,
               to_char(created_at, 'MM-DD') AS day, line_no AS line, delta::int, on_hand_after::int AS after, reason
        FROM movement JOIN movement_line ON movement_seq = seq ORDER BY seq, line_no`),
    ).toEqual([
      { type: 'receipt', reference: 'PO-1', note: 'Two boxes', undoes: null, day: '02-01', line: 1, delta: 5, after: 5, reason: null },
      { type: 'issue', reference: null, note: null, undoes: null, day: '02-01', line: 1, delta: -2, after: 3, reason: null },
      { type: 'reversal', reference: null, note: null, undoes: 'issue', day: '02-02', line: 1, delta: 2, after: 5, reason: null },
      { type: 'adjustment', reference: null, note: null, undoes: null, day: '02-03', line: 1, delta: -1, after: 4, reason },
      { type: 'adjustment', reference: null, note: null, undoes: null, day: '02-03', line: 2, delta: -1, after: 3, reason: null },
    ]); // prettier-ignore
    expect(await database.query(sql`SELECT item_id, on_hand::int, reserved::int FROM stock_level`)).toEqual([
      { item_id: MUG, on_hand: 3, reserved: 0 },
    ]);
  });

  it('is not written for a level that has one already', async () => {
    await expect(write(movement('2025-01-01T00:00:00Z', 5))).rejects.toThrow('duplicate key');
  });

  it('has reservations that promise no more than there is', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const promise = (quantity: number) =>
      database.transaction((tx) =>
        writeReservations(tx, ACTOR, [
          { reference: 'WEB-1', expiresAt, lines: [{ itemId: MUG, locationId: main, quantity }] },
        ]),
      );
    await promise(2);
    await expect(promise(2)).rejects.toThrow(`WEB-1 promises more of item ${MUG} than is available.`);
    expect(await database.query(sql`SELECT on_hand::int, reserved::int FROM stock_level`)).toEqual([
      { on_hand: 3, reserved: 2 },
    ]);
    expect(await database.query(sql`SELECT state, reference FROM reservation`)).toEqual([
      { state: 'held', reference: 'WEB-1' },
    ]);
  });
});

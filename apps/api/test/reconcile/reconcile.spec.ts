import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readEnvironment } from '#service';
import { runReconcile } from '../../src/commands/reconcile.ts';
import { Database } from '../../src/database/database.ts';
import { ApiEnvironment } from '../../src/environment.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';

const ACTOR = '00000000-0000-7000-8000-000000000000';
const MUG = '01890000-0000-7000-8000-000000000001';
const CUP = '01890000-0000-7000-8000-000000000002';
const SHOP = '01890000-0000-7000-8000-000000000003';
const ISSUE = '01890000-0000-7000-8000-000000000004';
const UNKNOWN_ID = '01890000-0000-7000-8000-00000000000f';

/** MUG at SHOP: received 40, issued 12, 3 held. CUP at SHOP: received 5 and issued 5, then archived. */
const CORRECT = `
  INSERT INTO location (id, code, name) VALUES ('${SHOP}', 'SHOP', 'Shop');
  INSERT INTO item (id, sku, name) VALUES ('${MUG}', 'MUG-01', 'Mug'), ('${CUP}', 'CUP-01', 'Cup');
  INSERT INTO movement (seq, id, type, actor_id) VALUES
    (1, uuidv7(), 'receipt', '${ACTOR}'), (2, '${ISSUE}', 'issue', '${ACTOR}'), (3, uuidv7(), 'issue', '${ACTOR}');
  INSERT INTO movement_line (movement_seq, line_no, item_id, location_id, delta, on_hand_after) VALUES
    (1, 1, '${MUG}', '${SHOP}', 40, 40), (1, 2, '${CUP}', '${SHOP}', 5, 5), (2, 1, '${MUG}', '${SHOP}', -10, 30),
    (2, 2, '${MUG}', '${SHOP}', -2, 28), (3, 1, '${CUP}', '${SHOP}', -5, 0);
  INSERT INTO stock_level (item_id, location_id, on_hand, reserved) VALUES ('${MUG}', '${SHOP}', 28, 3);
  INSERT INTO reservation (id, state, expires_at, actor_id) VALUES
    ('${ISSUE}', 'held', now() - interval '1 hour', '${ACTOR}'), ('${UNKNOWN_ID}', 'released', now(), '${ACTOR}');
  INSERT INTO reservation_line VALUES ('${ISSUE}', 1, '${MUG}', '${SHOP}', 3), ('${UNKNOWN_ID}', 1, '${MUG}', '${SHOP}', 9);`;

const CHECKED = [
  'levels: what is on hand is the sum of the lines in the ledger',
  'levels: what is reserved is the sum of the reservations that are held',
  'lines: each leaves on hand what the one before it left, and its own change',
  'lines: the movement, the item and the location of each exist',
  'movements: each has a line',
];

let testDatabase: TestDatabase;
let database: Database;
let printed: string[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.options);
  await database.pool.query(CORRECT);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const run = () => runReconcile(readEnvironment(ApiEnvironment, { DATABASE_URL: testDatabase.options.url }));

/** With triggers and foreign keys off, as the database's superuser can. */
async function corrupt(statement: string): Promise<void> {
  await asOwner(testDatabase, `BEGIN; SET LOCAL session_replication_role = replica; ${statement}; COMMIT`);
}

describe('reconcile', () => {
  it('finds nothing in a correct database, and says what it looked at', async () => {
    expect(await run()).toBe(0);
    expect(printed).toEqual([
      `1 ${CHECKED[0]}`,
      `1 ${CHECKED[1]}`,
      `5 ${CHECKED[2]}`,
      `5 ${CHECKED[3]}`,
      `3 ${CHECKED[4]}`,
      'No difference.',
    ]);
  });

  it.each([
    [
      'a level that was changed by hand',
      `UPDATE stock_level SET on_hand = 29`,
      `UPDATE stock_level SET on_hand = 28`,
      ['MUG-01 at SHOP: found 29, expected 28'],
    ],
    [
      'a level that is missing',
      `DELETE FROM stock_level`,
      `INSERT INTO stock_level VALUES ('${MUG}', '${SHOP}', 28, 3)`,
      ['MUG-01 at SHOP: found 0, expected 28', 'MUG-01 at SHOP: found 0, expected 3'],
    ],
    [
      'a level without a line',
      `INSERT INTO stock_level VALUES ('${CUP}', '${SHOP}', 4)`,
      `DELETE FROM stock_level WHERE item_id = '${CUP}'`,
      ['CUP-01 at SHOP: found 4, expected 0'],
    ],
    [
      'a reservation that drifted',
      `UPDATE stock_level SET reserved = 2`,
      `UPDATE stock_level SET reserved = 3`,
      ['MUG-01 at SHOP: found 2, expected 3'],
    ],
    [
      'a line whose change was altered',
      `UPDATE movement_line SET delta = -9 WHERE movement_seq = 2 AND line_no = 1`,
      `UPDATE movement_line SET delta = -10 WHERE movement_seq = 2 AND line_no = 1`,
      ['MUG-01 at SHOP: found 28, expected 29', `MUG-01 at SHOP, movement ${ISSUE}, line 1: found 30, expected 31`],
    ],
    [
      'a running sum that was altered',
      `UPDATE movement_line SET on_hand_after = 27 WHERE movement_seq = 2 AND line_no = 2`,
      `UPDATE movement_line SET on_hand_after = 28 WHERE movement_seq = 2 AND line_no = 2`,
      [`MUG-01 at SHOP, movement ${ISSUE}, line 2: found 27, expected 28`],
    ],
    [
      'a movement that was deleted',
      `DELETE FROM movement WHERE seq = 3`,
      `INSERT INTO movement (seq, id, type, actor_id) VALUES (3, uuidv7(), 'issue', '${ACTOR}')`,
      ['CUP-01 at SHOP, movement 3, line 1: found no movement, expected one of each'],
    ],
    [
      'an item that was deleted',
      `DELETE FROM item WHERE id = '${CUP}'`,
      `INSERT INTO item (id, sku, name) VALUES ('${CUP}', 'CUP-01', 'Cup')`,
      [
        expect.stringMatching(`^${CUP} at SHOP, movement .*, line 2: found no item, expected one of each$`),
        expect.stringMatching(`^${CUP} at SHOP, movement .*, line 1: found no item, expected one of each$`),
      ],
    ],
    [
      'a line of a location that does not exist',
      `UPDATE movement_line SET location_id = '${UNKNOWN_ID}' WHERE movement_seq = 2 AND line_no = 2`,
      `UPDATE movement_line SET location_id = '${SHOP}' WHERE movement_seq = 2 AND line_no = 2`,
      [
        'MUG-01 at SHOP: found 28, expected 30',
        `MUG-01 at ${UNKNOWN_ID}: found 0, expected -2`,
        `MUG-01 at ${UNKNOWN_ID}, movement ${ISSUE}, line 2: found 28, expected -2`,
        `MUG-01 at ${UNKNOWN_ID}, movement ${ISSUE}, line 2: found no location, expected one of each`,
      ],
    ],
    [
      'a movement without a line',
      `INSERT INTO movement (seq, id, type, actor_id) VALUES (4, '${UNKNOWN_ID}', 'issue', '${ACTOR}')`,
      `DELETE FROM movement WHERE seq = 4`,
      [`movement ${UNKNOWN_ID}: found no line, expected a line`],
    ],
  ] as [string, string, string, string[]][])('finds %s', async (_, breaking, mending, differences) => {
    await corrupt(breaking);
    const code = await run();
    await corrupt(mending);
    const found = printed.filter((line) => line.startsWith('  ')).map((line) => line.trim());
    expect(found).toHaveLength(differences.length);
    expect(found).toEqual(expect.arrayContaining(differences));
    expect({ code, last: printed.at(-1) }).toEqual({
      code: 1,
      last: `Differences: ${differences.length}. Nothing was repaired.`,
    });
    expect(await run()).toBe(0);
  });

  it('shows each of more differences than it reads at a time', async () => {
    await corrupt(
      `INSERT INTO movement (seq, id, type, actor_id) SELECT n, uuidv7(), 'count', '${ACTOR}' FROM generate_series(100, 1599) n`,
    );
    expect(await run()).toBe(1);
    await corrupt('DELETE FROM movement WHERE seq >= 100');
    expect(printed.filter((line) => line.startsWith('  '))).toHaveLength(1500);
    expect(printed.at(-1)).toBe('Differences: 1500. Nothing was repaired.');
  });
});

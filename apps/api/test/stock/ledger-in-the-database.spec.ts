import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql, { raw } from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';

let testDatabase: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  api = await startApi(testDatabase);
  const { body } = await api.operator.post('/items', { sku: 'LEDGER', name: 'Ledger' });
  await api.operator.post('/movements', {
    type: 'receipt',
    lines: [{ item: body.id, location: { code: 'MAIN' }, quantity: 5 }],
  });
});
afterAll(() => api.close());

describe('the database itself', () => {
  it.each([
    'UPDATE movement SET note = $$changed$$',
    'DELETE FROM movement',
    'TRUNCATE movement CASCADE',
    'UPDATE movement_line SET delta = 6',
    'DELETE FROM movement_line',
    'TRUNCATE movement_line',
  ])(
    'refuses to change the ledger, to the application by its rights and to the owner by a trigger: %s',
    async (statement) => {
      await expect(api.database.query(sql`${raw(statement)}`)).rejects.toThrow(/permission denied for table movement/);
      await expect(asOwner(testDatabase, statement)).rejects.toThrow(/the ledger is append-only/);
    },
  );

  it.each([
    'ALTER TABLE movement DISABLE TRIGGER ALL',
    'DROP TRIGGER movement_append_only ON movement',
    'DROP TABLE movement_line',
    'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'SET session_replication_role = replica',
    'DELETE FROM migration',
  ])('keeps the application from taking the protection away: %s', async (statement) => {
    await expect(api.database.query(sql`${raw(statement)}`)).rejects.toThrow(/permission denied|must be owner of/);
  });

  it.each(['UPDATE stock_level SET on_hand = -1', 'UPDATE stock_level SET reserved = -1'])(
    'refuses a negative level: %s',
    async (statement) => {
      await expect(api.database.query(sql`${raw(statement)}`)).rejects.toThrow(/violates check constraint/);
    },
  );

  it('refuses a second reversal of one movement', async () => {
    const reverse = sql`
      INSERT INTO movement (id, type, reverses, actor_id)
      SELECT uuidv7(), 'reversal', seq, actor_id FROM movement WHERE type = 'receipt'`;
    await api.database.query(reverse);
    await expect(api.database.query(reverse)).rejects.toThrow(/movement_reversed_once/);
  });
});

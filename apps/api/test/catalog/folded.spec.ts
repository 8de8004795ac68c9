import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { caseFolded, itemWithBarcode } from '../../src/database/case-folded.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('a key that is looked for in any case', () => {
  it.each([
    ['item_sku_taken', sql`SELECT FROM item WHERE sku_key = ${caseFolded('MUG')}`],
    ['location_code_taken', sql`SELECT FROM location WHERE code_key = ${caseFolded('MAIN')}`],
    ['item_barcode_taken', itemWithBarcode('4006381333931')],
    [
      'user_email_taken',
      sql`SELECT FROM user_account WHERE email_key = lower(${'Sam@Example.com'} COLLATE pg_c_utf8) COLLATE "C"`,
    ],
  ])('is found by the index %s', async (index, statement) => {
    const plan = await api.database.transaction(async (tx) => {
      await tx.query(sql`SET LOCAL enable_seqscan = off`);
      return tx.query<{ 'QUERY PLAN': string }>(sql`EXPLAIN ${statement}`);
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(`using ${index}`);
  });
});

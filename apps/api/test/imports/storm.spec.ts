import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { type Cluster, inParallel, startCluster } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { ended, load, postCsv } from './support.ts';
import { pick } from '../../../../test/support/pick.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(2);
});
afterAll(() => cluster.close());

const ITEMS = 200;
const ROWS = 6000;

describe('imports that run together with movements on the same items', () => {
  it('leave every level the sum of its lines', async () => {
    const { api, operator } = cluster;
    const sku = (n: number) => `STORM-${(n * 7919) % ITEMS}`;
    await load(
      operator(),
      `sku,name,quantity\n${Array.from({ length: ITEMS }, (_, n) => `${sku(n)},Item,100\n`).join('')}`,
    );
    const files = [1, 2, 3].map((seed) =>
      Array.from({ length: ROWS }, (_, n) => `${sku(n * seed + seed)},Item ${seed},1,NEW-${(n * seed) % 500}\n`),
    );
    const posted = await Promise.all(
      files.map((rows) => postCsv(operator(), `sku,name,quantity,note\n${rows.join('')}`, '?stock=add')),
    );
    const makes = Array.from({ length: 500 }, (_, n) => `LATE-${n},Late ${n},1\n`);
    const rivals = await Promise.all(
      [makes, makes.toReversed()].map((rows) =>
        postCsv(operator(), `sku,name,quantity\n${rows.join('')}`, '?stock=add'),
      ),
    );

    const statuses = await inParallel(1200, 16, async (n) => {
      const line = { item: { sku: sku(n) }, location: { code: 'MAIN' } };
      const movement =
        n % 10 === 0
          ? { type: 'count', lines: [{ ...line, counted: 50 }] }
          : { type: 'issue', lines: [0, 1, 2].map((k) => ({ ...line, item: { sku: sku(n + k * 31) }, quantity: 1 })) };
      return (await operator().post('/movements', movement)).status;
    });
    // 409: there was not enough left for an issue.
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    for (const { body } of posted) {
      expect(pick((await ended(api.viewer, body.id)).body, 'state', 'updated', 'created', 'failed')).toEqual({
        state: 'done',
        updated: ROWS,
        created: 0,
        failed: 0,
      });
    }
    const late = await Promise.all(rivals.map(({ body }) => ended(api.viewer, body.id)));
    expect(late.map(({ body }) => pick(body, 'state', 'failed'))).toEqual([
      { state: 'done', failed: 0 },
      { state: 'done', failed: 0 },
    ]);
    expect(late.reduce((sum, { body }) => sum + body.created, 0)).toBe(500);
    expect(
      await api.database.query(sql`
        SELECT count(*)::int AS lines, sum(delta)::int AS received FROM movement_line
        JOIN movement ON seq = movement_seq WHERE type = 'receipt'`),
    ).toEqual([{ lines: ITEMS + 3 * ROWS + 1000, received: ITEMS * 100 + 3 * ROWS + 1000 }]);
    await expectLedgerToHold(api.database);
  });
});

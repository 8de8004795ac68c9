import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { ImportWorker } from '../../src/imports/jobs/import.worker.ts';
import { Client } from '../../../../test/support/client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { expectLedgerToHold } from '../support/ledger.ts';
import { ended, postCsv } from './support.ts';
import { pick } from '../../../../test/support/pick.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster(1);
  // The task inside the test only looks on.
  await cluster.api.app.get(ImportWorker).beforeApplicationShutdown();
});
afterAll(() => cluster.close());

const ROWS = 40_000;

describe('an import whose task dies', () => {
  it('is finished by another one, each row done once', async () => {
    const { api, processes, start } = cluster;
    const csv = Array.from({ length: ROWS }, (_, n) => `CRASH-${n},Item ${n},${n + 1}\n`);
    const first = processes[0]!;
    const { body } = await postCsv(new Client(first.url, api.operator.token), `sku,name,quantity\n${csv.join('')}`);
    const done = async () => Number((await api.viewer.get(`/imports/${body.id}`)).body.done);

    const killedAt = await passing(done, 0);
    expect(await first.end('SIGKILL')).toBe(null);
    const second = await start();
    processes.push(second);
    // Another task may only take over when the dead one's lease has expired.
    const stoppedAt = await passing(done, killedAt + 2000);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(stoppedAt).toBeLessThan(ROWS);
    expect(await done()).toBeLessThan(ROWS);
    processes.push(await start());

    expect(pick((await ended(api.viewer, body.id)).body, 'state', 'rows', 'done', 'created', 'updated', 'failed', 'reason')).toEqual({
      state: 'done', rows: ROWS, done: ROWS, created: ROWS, updated: 0, failed: 0, reason: null,
    }); // prettier-ignore
    expect(
      await api.database.query(sql`
        SELECT count(*)::int AS items, count(*) FILTER (WHERE on_hand = substr(sku, 7)::int + 1)::int AS right,
               (SELECT count(*)::int FROM movement_line) AS lines
        FROM item JOIN stock_level ON item_id = item.id`),
    ).toEqual([{ items: ROWS, right: ROWS, lines: ROWS }]);
    await expectLedgerToHold(api.database);
  }, 480_000);
});

/** Waits until more than `bound` rows are done. @returns how many are */
async function passing(done: () => Promise<number>, bound: number): Promise<number> {
  for (const deadline = Date.now() + 90_000; ;) {
    const now = await done();
    if (now > bound) return now;
    if (Date.now() > deadline) throw new Error(`The import stands at ${now} rows.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

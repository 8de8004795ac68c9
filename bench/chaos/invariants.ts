import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reconcile } from '../../apps/api/src/stock/reconcile.ts';
import { memoryFailure } from '../support/memory-growth.ts';
import type { Service } from './service.ts';
import type { Observations } from './user.ts';

const RECOVERY_MS = 60_000;
/** Node's heap is bounded to 160 MiB; the rest is its program, threads and buffers. */
const MAX_MIB = 400;

/** What does not hold at the end, one sentence each. */
export async function brokenInvariants(database: string, services: Service[], seen: Observations): Promise<string[]> {
  const broken: string[] = [];
  const expect = (isRight: boolean, what: string) => void (isRight || broken.push(what));
  const pool = new pg.Pool({ connectionString: database });
  try {
    for (const service of services) {
      expect(await recovers(service), `${service.url} does not answer`);
      expect(service.peakMiB <= MAX_MIB, `${service.url} took ${service.peakMiB.toFixed(0)} MiB`);
      // A process that was killed begins small again: its peak is bounded, but its lives say nothing of one another.
      const grown = service.starts === 1 ? memoryFailure(service.memory) : undefined;
      expect(grown === undefined, `${service.url} had ${grown}`);
      broken.push(...service.crashes);
      expect(service.fatal === '', `${service.url} logged: ${service.fatal.slice(0, 2_000)}`);
    }
    const differences = await reconcile(pool, { onCheck: () => undefined, onDifference: (difference) => broken.push(JSON.stringify(difference)) }); // prettier-ignore
    expect(differences === 0, `reconciliation found ${differences} differences`);
    const { rows } = await pool.query<{ reference: string; id: string }>(
      'SELECT reference, id FROM movement WHERE reference IS NOT NULL',
    );
    const booked = Map.groupBy(rows, ({ reference }) => reference);
    for (const [reference, id] of seen.acknowledged) {
      const ids = booked.get(reference)?.map((row) => row.id) ?? [];
      expect(ids.length === 1 && ids[0] === id, `movement ${id} was acknowledged and is booked ${ids.length} times`);
    }
    for (const reference of seen.refused)
      expect(!booked.has(reference), `the movement with reference ${reference} was refused and is booked`);
    const oversold = await pool.query(
      `SELECT FROM movement_line WHERE on_hand_after < 0 UNION ALL SELECT FROM stock_level WHERE on_hand < 0`,
    );
    expect(oversold.rowCount === 0, `${oversold.rowCount} levels or lines below zero`);
  } finally {
    await pool.end();
  }
  broken.push(...seen.violations.lines());
  return broken;
}

async function recovers(service: Service): Promise<boolean> {
  const end = performance.now() + RECOVERY_MS;
  while (performance.now() < end) {
    if ((await service.isReady()) && (await service.isReady('/health'))) return true;
    await sleep(200);
  }
  return false;
}

import { Database } from '../database/database.ts';
import type { ApiEnvironment } from '../environment.ts';
import { type Difference, reconcile } from '../stock/reconcile.ts';
import { openDatabase } from './open-database.ts';

/**
 * `main.js reconcile`: proves that every level is the sum of its lines, and says where one is not.
 * @returns the exit code: 1 where there is a difference
 */
export async function runReconcile(environment: ApiEnvironment): Promise<number> {
  const { options, close } = await openDatabase(environment);
  const database = new Database(options);
  try {
    const differences = await reconcile(database.pool, {
      onCheck: ({ rows, rule }, count) => console.log(`${count} ${rows}: ${rule}`),
      onDifference: (difference) => console.log(`  ${sentenceOf(difference)}`),
    });
    console.log(differences === 0 ? 'No difference.' : `Differences: ${differences}. Nothing was repaired.`);
    return differences === 0 ? 0 : 1;
  } finally {
    await database.close();
    await close();
  }
}

function sentenceOf({ sku, location, movement, line, found, expected }: Difference): string {
  const where = [
    sku !== null && `${sku} at ${location}`,
    movement !== null && `movement ${movement}`,
    line !== null && `line ${line}`,
  ];
  return `${where.filter(Boolean).join(', ')}: found ${found}, expected ${expected}`;
}

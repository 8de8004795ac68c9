import { type ServiceProcess, startProcess } from '../../../../test/support/process.ts';
import { SIGNING_KEY, startApi, type TestApi } from '../../../../test/support/api.ts';
import { Client } from '../../../../test/support/client.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';

/** Several API processes on one database, with one more inside the test to look at it. */
export interface Cluster {
  api: TestApi;
  processes: ServiceProcess[];
  /** The operator, at each process in turn. */
  operator: () => Client;
  start: () => Promise<ServiceProcess>;
  close: () => Promise<void>;
}

export async function startCluster(size: number): Promise<Cluster> {
  const database = await createTestDatabase();
  const api = await startApi(database);
  const start = () =>
    startProcess({
      DATABASE_URL: database.options.url,
      SIGNING_KEY,
      MIGRATE_ON_START: 'false',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'test',
    });
  const processes = await Promise.all(Array.from({ length: size }, start));
  const operators = processes.map(({ url }) => new Client(url, api.operator.token));
  let turn = 0;
  return {
    api,
    processes,
    operator: () => operators[turn++ % operators.length]!,
    start,
    close: async () => {
      for (const process of processes) await process.end();
      await api.close();
    },
  };
}

/** Runs `count` tasks, so many at a time, and gives their results in order. */
export async function inParallel<T>(count: number, atOnce: number, task: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = new Array<T>(count);
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) results[n] = await task(n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** How often each status came. */
export const tally = (statuses: number[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]));

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostmaster } from '../../apps/api/src/database/embedded/postmaster.ts';
import type { Random } from '../../apps/api/src/demo/random.ts';
import type { Service } from './service.ts';
import type { Tally } from './tally.ts';

export interface FaultTargets {
  apis: Service[];
  /** The database as the owner of its schema. */
  database: string;
  dataDirectory: string;
}

type Fault = (targets: FaultTargets, random: Random) => Promise<unknown> | void;

const [REST_MIN_MS, REST_MAX_MS] = [3_000, 12_000];

const FAULTS: Record<string, Fault> = {
  terminatedConnections: ({ database }, random) =>
    using(database, (client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT $1`,
        [random.int(1, 10)],
      ),
    ),
  killedApi: ({ apis }, random) => random.pick(apis).signal('SIGKILL'),
  restartedApi: ({ apis }, random) => random.pick(apis).signal('SIGTERM'),
  frozenApi: async ({ apis }, random) => {
    const api = random.pick(apis);
    api.signal('SIGSTOP');
    await sleep(random.int(500, 6_000));
    api.signal('SIGCONT');
  },
  restartedDatabase: ({ dataDirectory }) => kill(dataDirectory, 'SIGINT'),
  killedDatabase: ({ dataDirectory }) => kill(dataDirectory, 'SIGKILL'),
  heldRows: ({ database }, random) =>
    using(database, async (client) => {
      await client.query('BEGIN');
      await client.query(
        'SELECT FROM stock_level WHERE item_id IN (SELECT id FROM item ORDER BY random() LIMIT $1) FOR UPDATE',
        [random.int(1, 3)],
      );
      await sleep(random.int(1_000, 10_000));
    }),
};

/** One fault after the other, with some rest in between. */
export async function injectFaults(
  targets: FaultTargets,
  random: Random,
  done: Tally,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await sleep(random.int(REST_MIN_MS, REST_MAX_MS));
    if (isOver()) return;
    const name = random.pick(Object.keys(FAULTS));
    try {
      await FAULTS[name]!(targets, random);
      done.add(name);
    } catch {
      // The database is unreachable because of the fault before.
    }
  }
}

function kill(dataDirectory: string, signal: NodeJS.Signals): void {
  const postmaster = findPostmaster(dataDirectory);
  if (postmaster) process.kill(postmaster.pid, signal);
}

async function using(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 20_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

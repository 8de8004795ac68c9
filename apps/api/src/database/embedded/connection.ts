import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What a server does when asked: `starting` after a crash while it reads its log, `ending` while it shuts down. */
export type ServerState = 'ready' | 'starting' | 'ending' | 'silent';

/** A connection to the server's maintenance database, or why there is none. */
export async function connect(url: string, name: string): Promise<pg.Client | Exclude<ServerState, 'ready'>> {
  const client = new pg.Client({
    connectionString: url.replace(/\/[^/]*$/, '/postgres'),
    application_name: name,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    // Ends what waits for a backend that hangs.
    query_timeout: 60_000,
  });
  // A connection that breaks is noticed by its 'end' event, or at its next statement.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // The socket of an attempt that timed out is still open; a server that hangs would not close it either.
    void client.end().catch(() => undefined);
    const { code, message } = error as { code?: string; message: string };
    if (code === '57P03') return /shutting down/.test(message) ? 'ending' : 'starting';
    // Any other refusal comes from a server that is up: a wrong password stays wrong.
    if (error instanceof pg.DatabaseError && code !== '53300') throw error;
    return 'silent';
  }
}

/** How long to wait in each state. Reading the log may take long, and must not be interrupted. */
const TIMEOUT_MS = { starting: 10 * 60_000, ending: 8_000, silent: 15_000 };

/**
 * Waits until the server takes connections.
 * @returns `ready`, or the state in which it has ended or been for too long
 */
export async function waitUntilReady(url: string, isRunning: () => boolean): Promise<ServerState> {
  let state: ServerState = 'silent';
  for (let since = Date.now(); ;) {
    if (!isRunning()) return state;
    const result = await connect(url, 'stockroom-start');
    if (typeof result !== 'string') {
      void result.end().catch(() => undefined);
      return 'ready';
    }
    if (result !== state) [state, since] = [result, Date.now()];
    if (Date.now() - since > TIMEOUT_MS[state]) return state;
    await sleep(50);
  }
}

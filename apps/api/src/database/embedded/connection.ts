import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A connection to the server's own database, or undefined. */
export async function connect(url: string, name: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url.replace(/\/[^/]*$/, '/postgres'),
    application_name: name,
    connectionTimeoutMillis: 2_000,
  });
  // A server that goes away is found out by whoever asks it next.
  client.on('error', () => undefined);
  return client.connect().then(
    () => client,
    () => undefined,
  );
}

/** Whether the server can be reached before it ends or `patienceMs` are over. */
export async function waitUntilReachable(url: string, lives: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (lives() && Date.now() < deadline) {
    const client = await connect(url, 'stockroom-start');
    if (client) {
      await client.end();
      return true;
    }
    await sleep(50);
  }
  return false;
}

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/api/src/database/embedded/embedded-postgres.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';

/** The bearer that the load comes with: an operator's API key. */
export const API_KEY = 'sk_bench';

/** A PostgreSQL server as `npm start` has it (fsync on), in a folder that goes away. */
export class Server {
  readonly folder: string;
  private readonly url: string;
  readonly stop: () => Promise<void>;

  private constructor(folder: string, { url, stop }: { url: string; stop: () => Promise<void> }) {
    this.folder = folder;
    this.url = url;
    this.stop = async () => {
      await stop();
      rmSync(this.folder, { recursive: true, force: true });
    };
  }

  static async start(): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'stockroom-bench-'));
    const server = await startEmbeddedPostgres(folder, { max_connections: '100' });
    return new Server(folder, { url: server.ownerUrl, stop: () => server.stop() });
  }

  /** A migrated database with the bench's API key in it. @returns its URL */
  async create(name: string): Promise<string> {
    await using(this.url, (client) => client.query(`CREATE DATABASE ${name}`));
    const url = this.url.replace(/[^/]*$/, name);
    const pool = new pg.Pool({ connectionString: url });
    await migrate(pool);
    await pool.query(
      `WITH actor AS (INSERT INTO actor (kind, name) VALUES ('api-key', 'Bench') RETURNING id)
       INSERT INTO api_key (id, hash, prefix, role) SELECT id, $1, 'sk_bench', 'operator' FROM actor`,
      [createHash('sha256').update(API_KEY).digest()],
    );
    await pool.end();
    return url;
  }
}

/** One connection, for as long as `work` takes. */
export async function using<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

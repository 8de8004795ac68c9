import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseOptions } from '../database/database.ts';
import type { ReplicaOptions } from '../database/replica/read-replica.ts';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import type { ApiEnvironment } from '../environment.ts';

/** Where a laptop's database, and what was made up for it, is kept. */
export const DATA_FOLDER = resolve('.stockroom');

export interface OpenedDatabase {
  options: DatabaseOptions;
  /** A replica of it, for reads. */
  replica: ReplicaOptions | undefined;
  /** The same database, as the owner of its schema. */
  ownerUrl: string;
  embedded: boolean;
  /** Ends what was started. */
  close: () => Promise<void>;
}

/** The database that the environment names, or the embedded one, started. */
export async function openDatabase(environment: ApiEnvironment): Promise<OpenedDatabase> {
  const {
    DATABASE_URL,
    MIGRATION_DATABASE_URL = DATABASE_URL,
    DATABASE_READ_URL,
    DATABASE_READ_MAX_LAG_SECONDS,
    DATABASE_TLS,
    DATABASE_POOL_SIZE,
    STATEMENT_TIMEOUT_MS,
    LOCK_TIMEOUT_MS,
    production,
  } = environment;
  const server = DATABASE_URL === undefined ? await startEmbeddedPostgres(DATA_FOLDER) : undefined;
  return {
    options: {
      url: DATABASE_URL ?? server!.url,
      tls: !server && (DATABASE_TLS ?? (production ? 'verify' : 'off')) === 'verify',
      poolSize: DATABASE_POOL_SIZE,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: LOCK_TIMEOUT_MS,
    },
    replica:
      DATABASE_READ_URL === undefined
        ? undefined
        : { url: DATABASE_READ_URL, maxLagMs: DATABASE_READ_MAX_LAG_SECONDS * 1000 },
    ownerUrl: MIGRATION_DATABASE_URL ?? server!.ownerUrl,
    embedded: server !== undefined,
    close: async () => server?.stop(),
  };
}

/** A secret for a laptop: made at the first use, kept in a file that only its owner may read. Never called in production. */
export function readOrCreateSecret(name: string): { value: string; file: string; isNew: boolean } {
  const file = join(DATA_FOLDER, name);
  if (existsSync(file)) return { value: readFileSync(file, 'utf8').trim(), file, isNew: false };
  mkdirSync(DATA_FOLDER, { recursive: true });
  const value = randomBytes(24).toString('base64url');
  // Moved into place when it is whole: a secret that was cut off would be a short one.
  writeFileSync(`${file}.new`, `${value}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return { value, file, isNew: true };
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Kept in the data folder, which only its owner may enter. */
export const PASSWORD_FILE = 'stockroom.password';

/**
 * Where a server keeps its data, below the folder that Stockroom was given.
 * @throws where the folder belongs to another user
 */
export function dataDirectory(folder: string): { data: string; exists: boolean } {
  const data = resolve(folder, 'postgres');
  mkdirSync(folder, { recursive: true });
  try {
    statSync(join(data, 'PG_VERSION'));
    return { data, exists: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { data, exists: false };
    if (code !== 'EACCES') throw error;
    throw new Error(`${data} belongs to another user. Start Stockroom as that user, or set DATABASE_URL.`, {
      cause: error,
    });
  }
}

const INIT_PREFIX = 'initialising-';

/** A folder of this process's own to make a new database in. */
export const makeInitDirectory = (folder: string): string =>
  mkdtempSync(resolve(folder, `${INIT_PREFIX}${process.pid}-`));

/** Takes away what a start left behind that was killed while it made its database. */
export function removeStaleInitDirectories(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(INIT_PREFIX))) {
    const pid = Number(name.slice(INIT_PREFIX.length).split('-', 1)[0]);
    if (!isAlive(pid)) removeDirectory(resolve(folder, name));
  }
}

/** An initdb that outlives its parent by a moment may still be writing into it. */
export const removeDirectory = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });

/** What the server that runs on this data folder says of itself; undefined where there is none. */
export function readPostmasterPid(data: string): { pid: number; port: number } | undefined {
  try {
    const [pid, , , port] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return isAlive(Number(pid)) ? { pid: Number(pid), port: Number(port) } : undefined;
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

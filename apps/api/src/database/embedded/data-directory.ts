import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processesOn, signalAndWait } from './processes.ts';

/** Kept in the data directory, which only its owner may enter. */
export const PASSWORD_FILE = 'stockroom.password';

/**
 * Where a server keeps its data, below the folder that Stockroom was given.
 * @throws Error where the folder cannot be used, with the reason
 */
export function dataDirectory(folder: string): { data: string; exists: boolean } {
  mkdirSync(folder, { recursive: true });
  const data = join(realpathSync(folder), 'postgres');
  const entries = existsSync(data) ? readdirSync(data) : [];
  if (entries.length > 0 && !entries.includes('PG_VERSION')) {
    throw new Error(`${data} is not a PostgreSQL data directory. Move it away, or set DATABASE_URL.`);
  }
  return { data, exists: entries.length > 0 };
}

/** An error of the folder that a person can do something about, in a sentence; another error as it is. */
export function explained(error: unknown, folder: string): unknown {
  const { code, path = folder } = error as NodeJS.ErrnoException;
  const reason = isDiskFull(error) ? `The disk of ${folder} is full. Free some space` : reasonOf(code, path, folder);
  return reason === undefined ? error : new Error(`${reason}, or set DATABASE_URL.`, { cause: error });
}

const isDiskFull = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC' || /No space left on device/.test(String(error));

function reasonOf(code = '', path: string, folder: string): string | undefined {
  if (code === 'EACCES' && /[\\/]postgres([\\/]|$)/.test(path))
    return `${path} belongs to another user. Start Stockroom as that user`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return `Stockroom may not write to ${folder}. Give its user the right to`;
  if (['EEXIST', 'ENOTDIR'].includes(code))
    return `${path} is not a folder, and the embedded database needs one there. Move it away`;
  return undefined;
}

const INIT_PREFIX = 'initialising-';
/** initdb takes seconds. A process with the number in the name that still runs after this long is another one. */
const INIT_MAX_MS = 10 * 60_000;

/** A directory of this process's own to make a new database in. */
export const makeInitDirectory = (folder: string): string => mkdtempSync(join(folder, `${INIT_PREFIX}${process.pid}-`));

/** Removes what a start left behind that was killed while it made its database, and ends an initdb that outlived it. */
export async function removeStaleInitDirectories(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(INIT_PREFIX))) {
    const directory = join(folder, name);
    const pid = Number(name.slice(INIT_PREFIX.length).split('-', 1)[0]);
    const age = Date.now() - (statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (!isAlive(pid) || age > INIT_MAX_MS) await removeInitDirectory(directory);
  }
}

/** An initdb, or its child, may still be writing into it: it would put back what is removed. */
export async function removeInitDirectory(directory: string): Promise<void> {
  await signalAndWait(() => processesOn(join(realpathSync(directory), 'data')), 'SIGKILL', 5_000);
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

export const readPassword = (data: string): string => readFileSync(join(data, PASSWORD_FILE), 'utf8');

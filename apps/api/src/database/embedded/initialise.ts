import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaries } from './binaries.ts';
import { explained, makeInitDirectory, PASSWORD_FILE, removeInitDirectory } from './data-directory.ts';
import { newOwner, spawnAs } from './spawn-as.ts';

/** The server's superuser: makes the database and runs the migrations. */
export const OWNER = 'stockroom';

/**
 * Makes an empty database: in a directory of its own, then moved into place, so that an initdb that was killed leaves
 * nothing that looks whole.
 * @param sync whether it is safe from a power failure, too, once this returns
 */
export async function initialise(folder: string, data: string, sync: boolean): Promise<void> {
  const directory = makeInitDirectory(folder);
  try {
    await initdb(directory, sync);
    renameSync(join(directory, 'data'), data);
  } catch (error) {
    // Else another start was quicker, and its database serves.
    if (!existsSync(join(data, 'PG_VERSION'))) throw explained(error, folder);
  } finally {
    await removeInitDirectory(directory);
  }
}

async function initdb(directory: string, sync: boolean): Promise<void> {
  const data = join(realpathSync(directory), 'data');
  const passwordFile = join(directory, PASSWORD_FILE);
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (newOwner) for (const path of [directory, data, passwordFile]) chownSync(path, newOwner.uid, newOwner.gid);
  const child = spawnAs(binaries().initdb, newOwner, data, [
    `--pgdata=${data}`, `--username=${OWNER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`,
    '--encoding=UTF8', '--locale=C', '--no-instructions', ...(sync ? [] : ['--no-sync']),
  ], { stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
  let messages = '';
  child.stderr!.on('data', (text) => (messages += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`initdb failed: ${messages.trim()}`);
  renameSync(passwordFile, join(data, PASSWORD_FILE));
}

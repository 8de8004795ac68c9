import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaries, newOwner, spawnAs } from './binaries.ts';
import { makeInitDirectory, PASSWORD_FILE, removeDirectory, removeStaleInitDirectories } from './data-directory.ts';

/** The server's superuser. */
export const USER = 'stockroom';

/** Makes an empty database: aside, then moved into place, so that an initdb that was killed half-way leaves nothing that looks whole. */
export async function initialise(folder: string, data: string): Promise<void> {
  removeStaleInitDirectories(folder);
  const aside = makeInitDirectory(folder);
  try {
    await initdb(aside);
    renameSync(join(aside, 'data'), data);
  } catch (error) {
    if (!existsSync(join(data, 'PG_VERSION'))) throw error; // Else another start was quicker; its folder serves.
  } finally {
    removeDirectory(aside);
  }
}

async function initdb(aside: string): Promise<void> {
  const data = join(aside, 'data');
  const passwordFile = join(aside, PASSWORD_FILE);
  mkdirSync(data, { mode: 0o700 });
  if (newOwner) chownSync(data, newOwner.uid, newOwner.gid);
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const child = spawnAs(binaries().initdb, newOwner, [
    `--pgdata=${data}`, `--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`,
    '--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync',
  ], { stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
  let complaint = '';
  child.stderr!.on('data', (text) => (complaint += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`initdb failed: ${complaint.trim()}`);
  renameSync(passwordFile, join(data, PASSWORD_FILE));
}

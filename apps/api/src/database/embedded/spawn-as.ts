import { existsSync, realpathSync, statSync } from 'node:fs';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { dirname } from 'node:path';

/** A user and group, by number. */
export interface Owner {
  uid: number;
  gid: number;
}

/** The user `nobody`. PostgreSQL refuses to run as root, which therefore makes its data directory for this user. */
const UNPRIVILEGED: Owner = { uid: 65534, gid: 65534 };
const SETPRIV = '/usr/bin/setpriv';
const isRoot = process.getuid?.() === 0;

/** The owner of a data directory that is about to be made; undefined: the user of this process. */
export const newOwner: Owner | undefined = isRoot ? UNPRIVILEGED : undefined;

/** The owner of a data directory, as whom its server must run; undefined: the user of this process. */
export const ownerOf = (data: string): Owner | undefined => (isRoot ? statSync(data) : undefined);

/** Starts a PostgreSQL program in a process group of its own, so that a ctrl-C at the terminal does not reach it. */
export function spawnAs(
  program: string,
  as: Owner | undefined,
  data: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const settings: SpawnOptions = {
    detached: true,
    ...options,
    env: { ...process.env, LC_ALL: 'C', PGUSER: undefined, ...options.env },
  };
  if (!as) return spawn(program, args, settings);
  if (!existsSync(SETPRIV)) {
    throw new Error(
      'PostgreSQL does not run as root, and setpriv (util-linux), which drops root’s rights, is not installed. Run as another user, or set DATABASE_URL.',
    );
  }
  const capabilities = ['-all', ...capabilitiesFor(program, data)].join(',');
  const user = [`--reuid=${as.uid}`, `--regid=${as.gid}`, '--clear-groups', '--no-new-privs'];
  const limits = [`--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`, `--bounding-set=${capabilities}`];
  return spawn(SETPRIV, [...user, ...limits, '--', program, ...args], settings);
}

/**
 * What the server keeps of root's rights: nothing, unless the clone lies in a folder such as /root that others cannot
 * enter. Then it may enter folders (`dac_read_search`), and where others may not run the program either, that too.
 */
function capabilitiesFor(program: string, data: string): string[] {
  if (!isOpen(program, 0o5)) return ['+dac_override'];
  return foldersAbove(program)
    .concat(foldersAbove(data))
    .every((folder) => isOpen(folder, 0o1))
    ? []
    : ['+dac_read_search'];
}

const isOpen = (path: string, bits: number): boolean => (statSync(path).mode & bits) === bits;

function foldersAbove(path: string): string[] {
  const folder = dirname(realpathSync(path));
  return folder === '/' ? ['/'] : [folder, ...foldersAbove(folder)];
}

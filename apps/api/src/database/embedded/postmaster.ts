import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { processesOn, signalAndWait, worksOn } from './processes.ts';

export interface Postmaster {
  pid: number;
  port: number;
}

/** The server that runs on this data directory, by its postmaster.pid; undefined where there is none. */
export function findPostmaster(data: string): Postmaster | undefined {
  try {
    const [pid = NaN, , , port = NaN] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n').map(Number);
    // After a restart of the machine, another program may have the number that a stale file names.
    return worksOn(pid, data) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the server has been told to shut down: the eighth line of postmaster.pid is its status (miscadmin.h). */
export function isShuttingDown(data: string): boolean {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'stopping';
  } catch {
    return false;
  }
}

/**
 * PostgreSQL's ways to shut down, each with the time that it gets, in ms: fast (transactions are rolled back, everything
 * is written), immediate (the next start reads the log, as after a crash), and the end that no process can delay.
 * Together they take less than a service's drain budget.
 */
const SHUTDOWN: [NodeJS.Signals, number][] = [
  ['SIGINT', 6_000],
  ['SIGQUIT', 4_000],
  ['SIGKILL', 5_000],
];

/** Ends the server on a data directory, the harder way where the gentler one does not work in time. */
export async function shutDown(data: string): Promise<void> {
  const postmaster = () => [findPostmaster(data)?.pid].filter((pid) => pid !== undefined);
  for (const [signal, timeoutMs] of SHUTDOWN) if (await signalAndWait(postmaster, signal, timeoutMs)) break;
  await endOrphans(data);
}

/** Children that outlive their postmaster (they end by themselves, unless they are stuck) keep a new one from starting. */
export async function endOrphans(data: string): Promise<void> {
  const orphans = () => (findPostmaster(data) ? [] : processesOn(data));
  if (!(await signalAndWait(orphans, undefined, 1_000))) await signalAndWait(orphans, 'SIGKILL', 5_000);
}

/**
 * PostgreSQL refuses to start where the file names any live process: one that got the number after a restart of the
 * machine, or a server that was killed and that nothing has waited for yet. Its shared memory still keeps two apart.
 */
export function removeStaleLockFile(data: string): void {
  if (!findPostmaster(data)) rmSync(join(data, 'postmaster.pid'), { force: true });
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const hasProc = existsSync('/proc/self/cwd');

/** Whether a process runs. One that has ended and that its parent has not asked about yet (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return !hasProc || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** PostgreSQL's processes on a data directory: a server and each of its children work in it, and initdb names it. */
export function processesOn(data: string): number[] {
  if (!hasProc) return processesNaming(data);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && worksOn(pid, data));
}

/** @param data without symbolic links */
export function worksOn(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (!hasProc) return processesNaming(data).includes(pid);
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) === data && isPostgres(pid)) return true;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--pgdata=${data}`);
  } catch {
    return false; // It has ended, or belongs to another user.
  }
}

/** A shell that happens to be in the directory is none. */
const isPostgres = (pid: number): boolean => /^postgres/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));

/** Without /proc (macOS): the programs that were given the directory. Their children end with them. */
function processesNaming(data: string): number[] {
  const listing = execFileSync('ps', ['-axwwo', 'pid=,command='], { encoding: 'utf8' });
  return listing
    .split('\n')
    .filter((line) => line.includes(`-D ${data} `) || line.includes(`--pgdata=${data} `))
    .map((line) => Number.parseInt(line, 10));
}

/** Sends a signal. @returns whether all of the processes have ended before `timeoutMs` are over */
export async function signalAndWait(
  processes: () => number[],
  signal: NodeJS.Signals | undefined,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (const pid of signal ? processes() : []) send(pid, signal!);
  while (processes().length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

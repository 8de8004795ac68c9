import { readFileSync } from 'node:fs';

/** What a process takes of the machine, its children counted in. By Linux's /proc; NaN elsewhere. */
export interface Usage {
  /** The largest resident set that the process ever had, in MiB (`VmHWM`). */
  peakMiB: () => number;
  /** The resident set at this moment, in MiB. */
  residentMiB: () => number;
  /** User and system time so far, in seconds, to a hundredth. */
  cpuSeconds: () => number;
}

/** Linux counts time in these, on every machine that this runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

export function usageOf(pid: number): Usage {
  const onLinux = (read: () => number) => () => (process.platform === 'linux' ? read() : Number.NaN);
  const all = () => [pid, ...childrenOf(pid)];
  return {
    peakMiB: onLinux(() => statusOf(pid, 'VmHWM')),
    residentMiB: onLinux(() => sum(all().map((each) => statusOf(each, 'VmRSS')))),
    cpuSeconds: onLinux(() => sum(all().map(ticksOf)) / TICKS_PER_SECOND),
  };
}

const childrenOf = (pid: number): number[] =>
  (readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? []).map(Number);

const statusOf = (pid: number, name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

/** Fields 14 and 15 of proc_pid_stat(5); the second, which may hold spaces, ends with the last parenthesis. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

const sum = (values: number[]): number => values.reduce((one, other) => one + other, 0);

import { spreadOf } from '../support/figures.ts';
import type { Usage } from '../support/usage.ts';

const EVERY_MS = 1_000;
const TOLD_EVERY = 10;
/** The collector's own ups and downs. */
const NOISE_MIB = 24;

/** A process's resident set over time. */
export class Memory {
  private readonly samples: number[] = [];
  private readonly timer: NodeJS.Timeout;

  /** @param tell is given a line now and then */
  constructor({ residentMiB }: Usage, tell: (line: string) => void) {
    this.timer = setInterval(() => {
      this.samples.push(residentMiB());
      if (this.samples.length % TOLD_EVERY === 0)
        tell(`${String(this.samples.length).padStart(5)} s  ${this.samples.at(-1)!.toFixed(0).padStart(4)} MiB`);
    }, EVERY_MS);
  }

  /** @returns every sample, in MiB */
  stop(): number[] {
    clearInterval(this.timer);
    return this.samples;
  }
}

/** Says how the memory grew, where the last quarter needs more than the second: what a process learns, it learns early. */
export function memoryFailure(samples: number[]): string | undefined {
  const quarter = (nth: number) =>
    spreadOf(samples.slice((samples.length * nth) / 4, (samples.length * (nth + 1)) / 4)).median;
  const [before, after] = [quarter(1), quarter(3)];
  return after > before * 1.1 + NOISE_MIB
    ? `memory that grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`
    : undefined;
}

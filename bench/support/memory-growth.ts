import { spreadOf } from './figures.ts';

/** The collector's own ups and downs. */
const NOISE_MIB = 24;

/**
 * Says how the memory grew, where the last quarter needs more than the second: what a process learns, it learns early.
 * @param samples of the resident set, in MiB, at equal distances
 */
export function memoryFailure(samples: number[]): string | undefined {
  const quarter = (nth: number) =>
    spreadOf(samples.slice((samples.length * nth) / 4, (samples.length * (nth + 1)) / 4)).median;
  const [before, after] = [quarter(1), quarter(3)];
  return after > before * 1.1 + NOISE_MIB
    ? `memory that grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`
    : undefined;
}

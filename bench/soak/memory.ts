import type { Usage } from '../support/usage.ts';

const EVERY_MS = 1_000;
const TOLD_EVERY = 10;

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

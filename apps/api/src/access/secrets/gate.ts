import { Problem } from '#service';

/** Lets at most `width` pieces of work run at a time; the others wait in line, of which at most `patience` do. */
export class Gate {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly patience: number,
  ) {}

  /** @throws Problem `unavailable` where the line is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.width) {
      this.running++;
      return;
    }
    if (this.line.length >= this.patience)
      throw new Problem('unavailable', 'Too many people sign in at once. Try again in a moment.', {
        headers: { 'retry-after': '2' },
      });
    await new Promise<void>((enter) => this.line.push(enter));
  }

  /** Hands the place on to whoever is next. */
  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.running--;
  }
}

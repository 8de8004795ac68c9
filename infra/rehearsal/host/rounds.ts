/** Repeats work; one round after the other, and none beside another of the same work. */
export class Rounds {
  private readonly timers: NodeJS.Timeout[] = [];

  every(ms: number, work: () => Promise<void>): void {
    let isRunning = false;
    const round = () => {
      if (isRunning) return;
      isRunning = true;
      work()
        .catch((error: Error) => process.stderr.write(`rehearsal: ${error.message}\n`))
        .finally(() => (isRunning = false));
    };
    this.timers.push(setInterval(round, ms));
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }
}

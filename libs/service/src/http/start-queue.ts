/** How many requests begin in one turn of the event loop. Each takes up to a millisecond of it. */
const STARTS_PER_TURN = 16;

/**
 * Begins few requests in each turn of the event loop, first come first served: when hundreds arrive together, health checks
 * and the database's replies are taken up between them instead of after them.
 */
export class StartQueue {
  private started = 0;
  private readonly waiting: (() => void)[] = [];
  private willContinue = false;

  constructor(private readonly perTurn = STARTS_PER_TURN) {}

  add(start: () => void): void {
    this.continueNextTurn();
    if (this.started >= this.perTurn) return void this.waiting.push(start);
    this.started++;
    start();
  }

  private continueNextTurn(): void {
    if (this.willContinue) return;
    this.willContinue = true;
    setImmediate(() => {
      this.willContinue = false;
      const next = this.waiting.splice(0, this.perTurn);
      this.started = next.length;
      if (next.length === 0) return;
      this.continueNextTurn();
      // Each in a callback of its own, so that the promises of one are settled before the next begins.
      for (const start of next) setImmediate(start);
    });
  }
}

import type { Duplex } from 'node:stream';

/** A write of this many bytes does not wait for others. */
const LARGE_BYTES = 16 * 1024;

/**
 * The writing side of a connection. Small writes wait until the event loop has been through all that has come in, then go
 * out together. The receiver of a single write falls asleep again before the next one comes, and waking it up is most of
 * what a write costs: measured, a third of the processor's time under load (docs/decisions/0009).
 */
export class Wire {
  private isWaiting = false;
  private done: (() => void) | undefined;

  constructor(private readonly socket: Duplex) {}

  /**
   * @param bytes text is latin1
   * @returns whether the connection takes more at once; if not, it says `drain` when it does
   */
  write(bytes: Buffer | string): boolean {
    const isLarge = bytes.length >= LARGE_BYTES;
    if (!isLarge && !this.isWaiting) this.wait();
    if (typeof bytes === 'string') this.socket.write(bytes, 'latin1');
    else this.socket.write(bytes);
    if (isLarge) this.flush();
    // What the system took at once does not count, other than in what `socket.write` returns.
    return this.socket.writableLength < this.socket.writableHighWaterMark;
  }

  /** Calls back once, when the system has taken everything; not where the connection is closed before. */
  whenWritten(done: () => void): void {
    this.done = done;
    if (!this.isWaiting) this.tell();
  }

  private wait(): void {
    this.isWaiting = true;
    this.socket.cork();
    if (waiting.push(this) === 1) setImmediate(flushAll);
  }

  /** Writes what waits. */
  flush(): void {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    this.socket.uncork();
  }

  /** Whoever waits for what has been written hears of it. */
  tell(): void {
    const { done } = this;
    if (!done || this.isWaiting) return;
    this.done = undefined;
    if (this.socket.writableLength === 0) done();
    else this.socket.write('', (error) => void (error ?? done()));
  }
}

let waiting: Wire[] = [];

/** First all that is written, then what comes of it: work in between would let the receivers fall asleep again. */
function flushAll(): void {
  const wires = waiting;
  waiting = [];
  for (const wire of wires) wire.flush();
  for (const wire of wires) wire.tell();
}

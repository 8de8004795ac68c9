import type { Readable } from 'node:stream';

/** Over how long a reader's rate is measured. The first window is mostly what the buffers on the way take. */
const WINDOW_MS = 10_000;

/** A download that runs, and how fast its reader takes it. */
export class Download {
  /** When the reader last read something. */
  lastReadAt: number;
  private windowStart: number;
  private windowBytes = 0;
  private lastRate = Infinity;

  constructor(
    readonly actorId: string,
    readonly stream: Readable,
    private readonly now: () => number,
  ) {
    this.lastReadAt = this.windowStart = now();
    this.countReads();
  }

  /** Bytes a second in the last whole window; Infinity before the end of the first one. */
  get rate(): number {
    const elapsed = this.now() - this.windowStart;
    if (elapsed >= WINDOW_MS) {
      this.lastRate = (this.windowBytes * 1000) / elapsed;
      this.windowStart = this.now();
      this.windowBytes = 0;
    }
    return this.lastRate;
  }

  /** All that takes bytes out of a stream, a pipe included, does so with `read`. */
  private countReads(): void {
    const { stream } = this;
    const read = stream.read.bind(stream);
    stream.read = (size?: number) => {
      const chunk = read(size) as Buffer | null;
      if (chunk) {
        this.windowBytes += chunk.length;
        this.lastReadAt = this.now();
      }
      return chunk;
    };
  }
}

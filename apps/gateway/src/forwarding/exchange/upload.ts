import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Refusal } from '../refusal.ts';

/** How much of a body is kept for a second attempt, where one is allowed. */
const KEPT_BYTES = 64 * 1024;

/** Who wants to know how a body goes up. */
export interface UploadWatcher {
  /** The first byte is wanted: the moment for `100 Continue`. */
  bodyWanted(): void;
  bodyMoved(): void;
  /** The client has sent everything. */
  bodyWhole(): void;
}

/** The client sent more than its route takes. */
export class TooLarge extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.detail);
  }
}

/** The client stopped in the middle of its body. */
export class Unfinished extends Error {}

/** A request's body on its way up: counted, capped, never further ahead of the upstream than the socket buffers. */
export class Upload extends Readable {
  private attached = false;
  private kept: Buffer[] | undefined;
  private bytes = 0;

  /**
   * @param keep     whether a second attempt may be made with the same bytes
   * @param replayed what an earlier attempt has already taken from the client
   */
  constructor(
    private readonly source: IncomingMessage,
    private readonly watcher: UploadWatcher,
    private readonly limits: { maxBytes: number; keep: boolean },
    private readonly replayed: Buffer[] = [],
  ) {
    super({ highWaterMark: KEPT_BYTES });
    if (limits.keep) this.kept = [];
    // An upload may fail after the upstream has stopped listening.
    this.on('error', () => undefined);
  }

  /** Whether bytes are awaited from the client, not held back by the upstream. */
  get waitsForClient(): boolean {
    return this.attached && !this.source.isPaused();
  }

  /** Whether the body is in hand from its first byte. */
  get repeatable(): boolean {
    return !this.attached || this.kept !== undefined;
  }

  /** The same body for another attempt; only where it is `repeatable`. */
  again(): Upload {
    if (!this.attached && !this.destroyed) return this;
    this.destroy();
    return new Upload(this.source, this.watcher, this.limits, this.attached ? this.kept : this.replayed);
  }

  override _read(): void {
    if (this.attached) return void this.source.resume();
    this.attached = true;
    this.watcher.bodyWanted();
    for (const chunk of this.replayed) this.pass(chunk);
    if (this.source.readableEnded) return this.onEnd();
    this.source.on('data', this.onData).on('end', this.onEnd).on('close', this.onClose);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.attached) this.source.off('data', this.onData).off('end', this.onEnd).off('close', this.onClose).pause();
    callback(error);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.watcher.bodyMoved();
    if (!this.pass(chunk)) this.source.pause();
  };

  private readonly onEnd = (): void => {
    this.watcher.bodyWhole();
    this.push(null);
  };

  private readonly onClose = (): void => {
    if (!this.source.readableEnded) this.destroy(new Unfinished('The client went away in mid-body.'));
  };

  private pass(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > this.limits.maxBytes) {
      this.destroy(new TooLarge(tooLarge(this.limits.maxBytes)));
      return false;
    }
    if (this.kept && this.bytes <= KEPT_BYTES) this.kept.push(chunk);
    else this.kept = undefined;
    return this.push(chunk);
  }
}

export const tooLarge = (maxBytes: number): Refusal => ({
  kind: 'too-large',
  detail: `A body here has at most ${maxBytes} bytes.`,
});

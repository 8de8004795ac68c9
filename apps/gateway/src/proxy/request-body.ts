import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** How much of a body is kept for a second attempt, where one is allowed. */
const KEPT_BYTES = 64 * 1024;

export interface RequestBodyEvents {
  /** The upstream takes the first byte: the moment for `100 Continue`. */
  onBodyWanted(): void;
  onBodyProgress(): void;
  /** The client has sent the whole body. */
  onBodyEnd(): void;
  /** The client sent more than `maxBytes`. The body ends here, incomplete. */
  onBodyTooLarge(maxBytes: number): void;
}

export interface RequestBodyOptions {
  readonly maxBytes: number;
  /** Whether the beginning is kept for a second attempt. */
  readonly keep: boolean;
}

/** RFC 9112 §6.3. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0);
}

/** The body of a request on its way to the upstream: counted, limited, and no further ahead of it than the socket buffers. */
export class RequestBody extends Readable {
  private isAttached = false;
  private isEnded = false;
  private kept: Buffer[] | undefined;
  private byteCount = 0;

  /** @param replayed what an earlier attempt has taken from the client */
  constructor(
    private readonly source: IncomingMessage,
    private readonly events: RequestBodyEvents,
    private readonly options: RequestBodyOptions,
    private readonly replayed: Buffer[] = [],
  ) {
    super({ highWaterMark: KEPT_BYTES });
    if (options.keep) this.kept = [];
    // A body may fail after the upstream has stopped listening.
    this.on('error', () => undefined);
  }

  /** Whether the next byte is awaited from the client, not held back by the upstream. */
  get waitsForClient(): boolean {
    return this.isAttached && !this.source.isPaused();
  }

  /** The client has sent the whole body, and the upstream can take it. */
  get isComplete(): boolean {
    return this.isEnded;
  }

  /** Whether the body can be sent from its first byte. */
  get isRepeatable(): boolean {
    return !this.isAttached || this.kept !== undefined;
  }

  /** The same body for another attempt; only where it is repeatable. */
  forNextAttempt(): RequestBody {
    if (!this.isAttached && !this.destroyed) return this;
    this.destroy();
    return new RequestBody(this.source, this.events, this.options, this.isAttached ? this.kept : this.replayed);
  }

  override _read(): void {
    if (this.isAttached) return void this.source.resume();
    this.isAttached = true;
    this.events.onBodyWanted();
    for (const chunk of this.replayed) this.append(chunk);
    if (this.source.readableEnded) return this.onEnd();
    this.source.on('data', this.onData).on('end', this.onEnd).on('close', this.onClose);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.isAttached) this.source.off('data', this.onData).off('end', this.onEnd).off('close', this.onClose).pause();
    callback(error);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.events.onBodyProgress();
    if (!this.append(chunk)) this.source.pause();
  };

  private readonly onEnd = (): void => {
    this.isEnded = true;
    this.events.onBodyEnd();
    this.push(null);
  };

  private readonly onClose = (): void => {
    if (!this.source.readableEnded) this.destroy(new Error('The client closed the connection within the body.'));
  };

  private append(chunk: Buffer): boolean {
    this.byteCount += chunk.length;
    if (this.byteCount > this.options.maxBytes) {
      this.destroy();
      this.events.onBodyTooLarge(this.options.maxBytes);
      return false;
    }
    if (this.kept && this.byteCount <= KEPT_BYTES) this.kept.push(chunk);
    else this.kept = undefined;
    return this.push(chunk);
  }
}

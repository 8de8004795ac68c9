import type { BodyConsumer, ClientRequest } from '../connection/client-request.ts';
import type { Refusal } from '../refusal.ts';
import type { Line } from '../upstream/line.ts';

/** How much of a body is kept for a second attempt, where one is allowed. */
const KEPT_BYTES = 64 * 1024;

/** Who wants to know how a body goes up. */
export interface UploadWatcher {
  /** The first byte is wanted: the moment for `100 Continue`. */
  bodyWanted(): void;
  bodyMoved(): void;
  /** The client has sent everything. */
  bodyWhole(): void;
  /** The client sent more than its route takes. */
  bodyTooLarge(refusal: Refusal): void;
}

/** A request's body on its way up: counted, capped, never further ahead of the upstream than the socket buffers. */
export class Upload implements BodyConsumer {
  private line: Line | undefined;
  private begun = false;
  /** What was taken from the client, as long as it is in hand from its first byte. */
  private kept: Buffer[] | undefined;
  private byteCount = 0;
  /** The upstream takes no more for now. */
  private held = false;

  /** @param limits.keep whether a second attempt may be made with the same bytes */
  constructor(
    private readonly request: ClientRequest,
    private readonly watcher: UploadWatcher,
    private readonly limits: { maxBytes: number; keep: boolean },
  ) {
    if (limits.keep) this.kept = [];
  }

  /** Whether bytes are awaited from the client, not held back by the upstream. */
  get waitsForClient(): boolean {
    return this.begun && !this.held;
  }

  /** Whether the body can be sent from its first byte. */
  get repeatable(): boolean {
    return !this.begun || this.kept !== undefined;
  }

  /** Sends the body, from its first byte. */
  pour(line: Line): void {
    this.line = line;
    this.held = false;
    if (!this.begun) {
      this.begun = true;
      this.watcher.bodyWanted();
      return this.request.consume(this);
    }
    for (const chunk of this.kept!) this.held = !line.sendBody(chunk);
    if (this.request.complete) this.whole();
    else if (!this.held) this.request.resume();
  }

  /** The upstream takes more. */
  resume(): void {
    this.held = false;
    this.request.resume();
  }

  /** What comes from now on belongs to nobody until the next attempt. */
  stop(): void {
    this.line = undefined;
    if (this.begun && !this.request.complete) this.request.pause();
  }

  bytes(bytes: Buffer): void {
    this.watcher.bodyMoved();
    this.byteCount += bytes.length;
    if (this.byteCount > this.limits.maxBytes) return this.watcher.bodyTooLarge(tooLarge(this.limits.maxBytes));
    if (this.kept && this.byteCount <= KEPT_BYTES) this.kept.push(Buffer.from(bytes));
    else this.kept = undefined;
    if (!this.line || this.line.sendBody(bytes)) return;
    this.held = true;
    this.request.pause();
  }

  whole(): void {
    this.watcher.bodyWhole();
    this.line?.endBody();
  }

  gone(): void {
    // The exchange hears of it, and ends itself.
  }
}

export const tooLarge = (maxBytes: number): Refusal => ({
  kind: 'too-large',
  detail: `A body here has at most ${maxBytes} bytes.`,
});

/** How often a client that has ended its side is asked whether it still listens, in milliseconds. */
const PROBE_MS = 250;
/** How long a response may stand still for a client that has ended its side meanwhile, in milliseconds. */
const IDLE_MS = 1_000;

/**
 * A client that has ended its side of the connection may still read (RFC 9112 §9.6), or be gone. Only bytes show which: where
 * it is gone, they bring a reset, and the connection closes.
 */
export class HalfClosedClient {
  private probedAt: number | undefined;

  get hasEnded(): boolean {
    return this.probedAt !== undefined;
  }

  /** @param now milliseconds, here and below */
  onClientEnd(now: number): void {
    this.probedAt = now;
  }

  /** Whether the client counts as gone. @param movedAt when it last took a byte of the response */
  isGone(now: number, movedAt: number): boolean {
    return this.hasEnded && now - movedAt > IDLE_MS;
  }

  /** Whether the client must be sent bytes now. */
  mustProbe(now: number): boolean {
    if (this.probedAt === undefined || now - this.probedAt < PROBE_MS) return false;
    this.probedAt = now;
    return true;
  }
}

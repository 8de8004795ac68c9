import type { Socket } from 'node:net';

/**
 * Connections from which nothing is read for a while, because a request on them was refused: what their clients send
 * sooner than they were told waits in the operating system's buffers, where it costs no processor time.
 */
export class PausedConnections {
  /** When each is read again at the latest; the oldest first. */
  private readonly until = new Map<Socket, number>();
  private readonly watched = new WeakSet<Socket>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pauseMs: number) {}

  get size(): number {
    return this.until.size;
  }

  add(socket: Socket): void {
    if (socket.destroyed || this.until.has(socket)) return;
    socket.pause();
    this.until.set(socket, performance.now() + this.pauseMs);
    this.timer ??= setTimeout(() => this.resumeDue(), this.pauseMs).unref();
    if (this.watched.has(socket)) return;
    this.watched.add(socket);
    socket.once('close', () => this.until.delete(socket));
  }

  /** Reads from the `count` that have waited longest. */
  resume(count: number): void {
    for (const socket of this.until.keys()) {
      if (count-- <= 0) return;
      this.until.delete(socket);
      socket.resume();
    }
  }

  private resumeDue(): void {
    const now = performance.now();
    let due = 0;
    for (const at of this.until.values()) {
      if (at > now) break;
      due++;
    }
    this.resume(due);
    const next = this.until.values().next().value;
    this.timer = next === undefined ? undefined : setTimeout(() => this.resumeDue(), Math.max(1, next - now)).unref();
  }
}

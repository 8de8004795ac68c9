import type { Socket } from 'node:net';

/** How exactly the end of a pause is kept, and how soon room is noticed that those who were let in do not use. */
const TICK_MS = 25;

/**
 * Connections from which nothing is read for a while, because a request on them was refused: what their clients send
 * sooner than they were told waits in the operating system's buffers, where it costs no processor time.
 */
export class PausedConnections {
  /** When each is read again at the latest; the one that was paused first comes first. */
  private readonly until = new Map<Socket, number>();
  private readonly watched = new WeakSet<Socket>();
  private timer: NodeJS.Timeout | undefined;
  private willResume = false;

  /** @param room for how many more requests there is */
  constructor(private readonly room: () => number) {}

  get size(): number {
    return this.until.size;
  }

  add(socket: Socket, pauseMs: number): void {
    if (socket.destroyed || this.until.has(socket)) return;
    socket.pause();
    this.until.set(socket, performance.now() + pauseMs);
    this.timer ??= setInterval(() => this.resume(), TICK_MS).unref();
    if (this.watched.has(socket)) return;
    this.watched.add(socket);
    socket.once('close', () => this.until.delete(socket));
  }

  /**
   * Reads from those whose pause is over, and from as many as there is room for, those that have waited longest. Once in
   * each turn of the event loop, so that what the ones before had sent has taken its room.
   */
  resume(): void {
    if (this.willResume || this.timer === undefined) return;
    this.willResume = true;
    setImmediate(() => {
      this.willResume = false;
      this.resumeNow();
    });
  }

  private resumeNow(): void {
    const now = performance.now();
    let room = this.room();
    for (const [socket, at] of this.until) if (at <= now || room-- > 0) this.read(socket);
    if (this.until.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private read(socket: Socket): void {
    this.until.delete(socket);
    socket.resume();
  }
}

import type { Dial } from './dial.ts';
import { ConnectTimeout } from './faults.ts';
import { type Carried, Line, type LineKeeper } from './line.ts';

export interface UpstreamOptions {
  dial: Dial;
  /** What `Host` says. */
  host: string;
  connectMs: number;
  /** Of an answer. */
  maxHeaderBytes: number;
  /** How long a free line is kept, in milliseconds, where the upstream does not say less itself. */
  keepMs: number;
}

const SWEEP_MS = 1_000;

/** The connections to what stands behind. One that was used last is used first, so that what is too many grows old. */
export class Upstream implements LineKeeper {
  private readonly lines = new Set<Line>();
  private readonly idle: Line[] = [];
  /** Lines that go when they have answered: they lead to an address that is no longer the upstream's. */
  private readonly outdated = new WeakSet<Line>();
  private readonly sweep: NodeJS.Timeout;
  private connecting = 0;
  /** How often the addresses have changed. */
  private era = 0;
  private whenEmpty: (() => void) | undefined;

  constructor(private readonly options: UpstreamOptions) {
    this.sweep = setInterval(() => this.dropOld(), SWEEP_MS);
    this.sweep.unref();
  }

  get stats(): { connected: number; free: number } {
    return { connected: this.lines.size, free: this.idle.length };
  }

  dispatch(carried: Carried): void {
    const line = this.freeLine();
    if (line) line.carry(carried);
    else this.open(carried);
  }

  /** New requests get new connections; those under way finish on the old ones. */
  renew(): void {
    this.era++;
    for (const line of this.lines) this.outdated.add(line);
    for (const line of this.idle.splice(0)) line.destroy();
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    clearInterval(this.sweep);
    this.renew();
    if (this.lines.size + this.connecting > 0) await new Promise<void>((resolve) => (this.whenEmpty = resolve));
  }

  free(line: Line): void {
    if (this.outdated.has(line) || this.whenEmpty) return line.destroy();
    line.freeSince = performance.now();
    this.idle.push(line);
  }

  gone(line: Line): void {
    this.lines.delete(line);
    const at = this.idle.indexOf(line);
    if (at !== -1) this.idle.splice(at, 1);
    this.tellIfEmpty();
  }

  private freeLine(): Line | undefined {
    for (let line = this.idle.pop(); line; line = this.idle.pop()) {
      if (line.isUsable && !this.isOld(line)) return line;
      line.destroy();
    }
    return undefined;
  }

  private isOld({ freeSince, keptMs }: Line): boolean {
    return performance.now() - freeSince >= Math.min(keptMs, this.options.keepMs);
  }

  private dropOld(): void {
    for (const line of this.idle.filter((one) => this.isOld(one))) line.destroy();
  }

  /** A connection that nobody waits for any more when it is there is kept for the next request. */
  private open(carried: Carried): void {
    const { dial, host, connectMs, maxHeaderBytes } = this.options;
    const { era } = this;
    let line: Line | undefined;
    const { socket, connected } = dial((bytes) => line?.take(bytes));
    this.connecting++;
    const onError = (error: Error) => {
      if (line) return; // It hears of its errors itself.
      this.connecting--;
      clearTimeout(timer);
      this.tellIfEmpty();
      if (!carried.over) carried.failed(error);
    };
    const onConnect = () => {
      this.connecting--;
      clearTimeout(timer);
      line = new Line(socket, host, maxHeaderBytes, this);
      this.lines.add(line);
      if (era !== this.era) this.outdated.add(line);
      if (carried.over) this.free(line);
      else line.carry(carried);
    };
    const timer = setTimeout(() => socket.destroy(new ConnectTimeout('No connection came about in time.')), connectMs);
    socket.once('error', onError);
    if (connected) socket.once(connected, onConnect);
    else onConnect();
  }

  private tellIfEmpty(): void {
    if (this.lines.size + this.connecting === 0) this.whenEmpty?.();
  }
}

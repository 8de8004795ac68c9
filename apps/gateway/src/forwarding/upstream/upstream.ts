import { buildConnector, type Dispatcher, Pool } from 'undici';
import { keepAlive } from '#runtime';
import { Addresses, type Resolve } from './addresses.ts';
import { type Carried, Line } from './line.ts';

export interface UpstreamOptions {
  /** Scheme, host and port. */
  origin: string;
  connectMs: number;
  /** Of an answer's header. */
  maxHeaderBytes: number;
  resolve?: Resolve;
  /** Default: 10,000. */
  resolveEveryMs?: number;
}

/** The connections to what stands behind. When its addresses change, new requests get new connections; the old ones finish. */
export class Upstream {
  private readonly url: URL;
  private readonly addresses: Addresses;
  private pool: Pool;
  private readonly retired = new Set<Promise<void>>();

  constructor(private readonly options: UpstreamOptions) {
    this.url = new URL(options.origin);
    if (!/^https?:$/.test(this.url.protocol) || this.url.pathname !== '/' || this.url.search || this.url.username)
      throw new TypeError('The upstream must be scheme, host and port only, such as http://127.0.0.1:3000.');
    this.addresses = new Addresses(this.url.hostname.replace(/^\[|\]$/g, ''), () => this.renew(), {
      ...(options.resolve && { resolve: options.resolve }),
      ...(options.resolveEveryMs && { everyMs: options.resolveEveryMs }),
    });
    this.pool = this.open();
  }

  get stats(): { connected: number; free: number; queued: number } {
    const { connected, free, queued } = this.pool.stats;
    return { connected, free, queued };
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Carried): void {
    this.pool.dispatch(options, handler);
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.addresses.close();
    await Promise.all([this.pool.close(), ...this.retired]);
  }

  private renew(): void {
    const old = this.pool.close();
    this.retired.add(old);
    void old.finally(() => this.retired.delete(old));
    this.pool = this.open();
  }

  private open(): Pool {
    const connect = buildConnector({
      timeout: this.options.connectMs,
      allowH2: false,
      lookup: this.addresses.lookup,
    });
    return new Pool(this.url, {
      connect,
      allowH2: false,
      pipelining: 1,
      // The gateway's own deadlines watch every request.
      headersTimeout: 0,
      bodyTimeout: 0,
      // We give an idle connection up before the other side does, whatever it says of itself.
      keepAliveTimeout: keepAlive.poolSeconds * 1000,
      keepAliveMaxTimeout: keepAlive.poolSeconds * 1000,
      maxHeaderSize: this.options.maxHeaderBytes,
      factory: (origin, options) => new Line(origin, { ...options, connect }),
    });
  }
}

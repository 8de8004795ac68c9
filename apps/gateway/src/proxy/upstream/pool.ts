import { buildConnector, type Dispatcher, Pool } from 'undici';
import { keepAlive } from '#runtime';
import { type ConnectionAwareHandler, UpstreamConnection } from './connection.ts';
import { type DnsOptions, UpstreamDns } from './dns.ts';

export interface PoolOptions extends DnsOptions {
  /** Scheme, host and port: `http://127.0.0.1:3000`. */
  origin: string;
  connectMs: number;
  /** Of a response's header. */
  maxHeaderBytes: number;
}

/** The connections to the upstream. When its addresses change, new requests get new connections; the old ones finish. */
export class UpstreamPool {
  private readonly url: URL;
  private readonly dns: UpstreamDns;
  private readonly retired = new Set<Promise<void>>();
  private pool: Pool;
  private closing: Promise<unknown> | undefined;

  /** @throws TypeError */
  constructor(private readonly options: PoolOptions) {
    this.url = originOf(options.origin);
    this.dns = new UpstreamDns(this.url.hostname.replace(/^\[|\]$/g, ''), () => this.renew(), options);
    this.pool = this.open();
  }

  get stats(): { connected: number; free: number } {
    const { connected, free } = this.pool.stats;
    return { connected, free };
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: ConnectionAwareHandler): void {
    this.pool.dispatch(options, handler);
  }

  /** Waits for the requests in progress, then closes all connections. */
  async close(): Promise<void> {
    this.dns.close();
    this.closing ??= Promise.all([this.pool.close(), ...this.retired]);
    await this.closing;
  }

  /** New requests get new connections; those in progress finish on the old ones. */
  renew(): void {
    const closed = this.pool.close();
    this.retired.add(closed);
    void closed.finally(() => this.retired.delete(closed));
    this.pool = this.open();
  }

  private open(): Pool {
    const { connectMs, maxHeaderBytes } = this.options;
    const connect = buildConnector({ timeout: connectMs, allowH2: false, lookup: this.dns.lookup });
    return new Pool(this.url, {
      connect,
      allowH2: false,
      pipelining: 1,
      // The proxy's own time limits watch every request.
      headersTimeout: 0,
      bodyTimeout: 0,
      // The side that sends the next request closes an idle connection first.
      keepAliveTimeout: keepAlive.poolSeconds * 1000,
      keepAliveMaxTimeout: keepAlive.poolSeconds * 1000,
      maxHeaderSize: maxHeaderBytes,
      factory: (origin, options) => new UpstreamConnection(origin, { ...options, connect }),
    });
  }
}

function originOf(upstream: string): URL {
  const url = new URL(upstream);
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.username)
    throw new TypeError('The upstream must be scheme, host and port only, such as http://127.0.0.1:3000.');
  return url;
}

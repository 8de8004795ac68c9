import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { keepAlive } from '#runtime';
import type { HeaderList } from '../http1/index.ts';
import type { ClientConnection, Served } from './connection/client-connection.ts';
import type { ClientRequest } from './connection/client-request.ts';
import { Connections } from './connection/connections.ts';
import { Exchange } from './exchange/exchange.ts';
import type { House } from './exchange/house.ts';
import { judgeHead } from './head/request-head.ts';
import { VIA } from './headers/request-headers.ts';
import { Breaker } from './limits/breaker.ts';
import { Deadlines } from './limits/deadlines.ts';
import { RetryBudget } from './limits/retry-budget.ts';
import { DEFAULT_LIMITS, type ForwarderOptions, type Limits } from './options.ts';
import { OwnHouse } from './own-house.ts';
import type { Refusal } from './refusal.ts';
import { Addresses } from './upstream/addresses.ts';
import { type Dial, dialTo, dialWithin } from './upstream/dial.ts';
import { Upstream } from './upstream/upstream.ts';

/** What a forwarder knows of itself at a moment. */
export interface ForwarderStats {
  inFlight: number;
  breaker: 'closed' | 'open' | 'half-open';
  connections: { connected: number; free: number };
  rateLimitKeys: number;
}

/** The public door: every connection, every request. */
export class Forwarder implements House {
  readonly limits: Limits;
  readonly trustedHops: number;
  readonly upstream: Upstream;
  readonly breaker: Breaker;
  readonly retries = new RetryBudget();
  readonly deadlines: Deadlines;
  readonly prepare: ForwarderOptions['prepare'];
  readonly via = ['via', VIA];
  readonly answerHeaders: Readonly<HeaderList>;
  private readonly addresses: Addresses;
  private readonly connections: Connections;
  private own: OwnHouse | undefined;

  constructor(private readonly options: ForwarderOptions) {
    const { trustedHops = 0, prepare, answerHeaders = [], clock = () => performance.now() } = options;
    const limits = (this.limits = { ...DEFAULT_LIMITS, ...options.limits });
    this.trustedHops = trustedHops;
    this.prepare = prepare;
    this.answerHeaders = answerHeaders;
    const url = originOf(options.upstream);
    this.addresses = new Addresses(url.hostname, () => this.upstream.renew(), options);
    this.upstream = this.upstreamOf(dialTo(url, this.addresses), url.host);
    this.breaker = new Breaker(limits.breakerFailures, limits.breakerOpenMs, clock);
    const { connectMs, firstByteMs, idleBodyMs, requestMs } = limits;
    this.deadlines = new Deadlines(Math.min(connectMs, firstByteMs, idleBodyMs, requestMs), clock);
    const serve = (request: ClientRequest, connection: ClientConnection) => this.serve(request, connection);
    this.connections = new Connections(limits, clock, serve, (reason) => options.refused?.(reason));
  }

  /**
   * Takes the connections of a server. What it does not forward, the server's own listeners of `request` get, by connections
   * within this process. To be called once, before the server listens.
   */
  attach(server: Server): void {
    const [parse] = server.listeners('connection') as ((this: Server, socket: Duplex) => void)[];
    server.removeListener('connection', parse!);
    const upstream = this.upstreamOf(
      dialWithin((socket) => parse!.call(server, socket)),
      'localhost',
    );
    this.own = new OwnHouse(this.limits, this.trustedHops, upstream, this.deadlines, () => this.draining());
    this.connections.takeFrom(server);
  }

  private serve(request: ClientRequest, connection: ClientConnection): Served {
    const wrong = judgeHead(request, this.limits);
    const isOwn = !wrong && this.own && this.options.isOwn?.(request.url);
    return new Exchange(isOwn ? this.own! : this, request, connection, wrong);
  }

  stats(): ForwarderStats {
    return {
      inFlight: this.deadlines.size,
      breaker: this.breaker.state,
      connections: this.upstream.stats,
      rateLimitKeys: this.options.rateLimit?.buckets.size ?? 0,
    };
  }

  /** Waits for what is under way, then closes the connections to the upstream. */
  async close(): Promise<void> {
    this.addresses.close();
    await Promise.all([this.upstream.close(), this.own?.upstream.close()]);
    this.deadlines.close();
    this.connections.close();
  }

  draining(): boolean {
    return this.options.draining?.() ?? false;
  }

  maxBodyBytes(target: string): number {
    for (const { under, maxBytes } of this.limits.largeBodies) if (target.startsWith(under)) return maxBytes;
    return this.limits.maxBodyBytes;
  }

  admit(exchange: Exchange): Refusal | undefined {
    const { request, clientAddress, answerHeaders } = exchange;
    const limited = this.options.rateLimit?.check(request, clientAddress, answerHeaders);
    if (limited) return limited;
    if (this.deadlines.size >= this.limits.maxInFlight) return TOO_BUSY;
    if (!this.breaker.admit()) return RESTING;
    this.deadlines.add(exchange);
    this.retries.deposit();
    return undefined;
  }

  ended(exchange: Exchange): void {
    // An exchange that showed nothing of the upstream leaves the question open.
    if (this.deadlines.delete(exchange) && !exchange.counted) this.breaker.abandoned();
    this.options.observe?.(exchange);
  }

  private upstreamOf(dial: Dial, host: string): Upstream {
    const { connectMs, maxHeaderBytes } = this.limits;
    // We give an idle connection up before the other side does.
    return new Upstream({ dial, host, connectMs, maxHeaderBytes, keepMs: keepAlive.poolSeconds * 1000 });
  }
}

/** @throws TypeError */
function originOf(upstream: string): URL {
  const url = new URL(upstream);
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.username)
    throw new TypeError('The upstream must be scheme, host and port only, such as http://127.0.0.1:3000.');
  return url;
}

const TOO_BUSY: Refusal = {
  kind: 'unavailable',
  detail: 'Too many requests are being served at this moment. Nothing was done.',
  reason: 'too-busy',
  extra: { headers: { 'retry-after': '1' } },
};

const RESTING: Refusal = {
  kind: 'unavailable',
  detail: 'The service behind the gateway is away. Nothing was done.',
  reason: 'breaker-open',
  extra: { headers: { 'retry-after': '1' } },
};

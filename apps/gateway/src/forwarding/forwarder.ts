import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import { keepAlive } from '#runtime';
import { answerBrokenRequests, remember } from './connection/broken-requests.ts';
import { Exchange } from './exchange/exchange.ts';
import type { House } from './exchange/house.ts';
import { judgeHead } from './head/request-head.ts';
import type { HeaderList } from './headers/header-list.ts';
import { Breaker } from './limits/breaker.ts';
import { Deadlines } from './limits/deadlines.ts';
import { RetryBudget } from './limits/retry-budget.ts';
import { DEFAULT_LIMITS, type ForwarderOptions, type Limits } from './options.ts';
import type { Refusal } from './refusal.ts';
import { Upstream } from './upstream/upstream.ts';

/** What a forwarder knows of itself at a moment. */
export interface ForwarderStats {
  inFlight: number;
  breaker: 'closed' | 'open' | 'half-open';
  connections: { connected: number; free: number; queued: number };
  rateLimitKeys: number;
}

/** The listener of the public door. */
export interface Forwarder {
  /** Takes every request of the server: judges its head, offers it to `local`, forwards it. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes the server's other events: broken requests, `Expect`, CONNECT. To be called once, beside `serverOptions`. */
  attach(server: Server): void;
  stats(): ForwarderStats;
  /** Waits for what is under way, then closes the connections to the upstream. */
  close(): Promise<void>;
}

/** How the server must be made, so that nothing gets past the rules. */
export function serverOptions(limits: Partial<Limits> = {}): ServerOptions {
  const { maxHeaderBytes, headersMs, requestMs } = { ...DEFAULT_LIMITS, ...limits };
  return {
    insecureHTTPParser: false,
    // The forwarder asks for Host itself, and answers with a problem.
    requireHostHeader: false,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersMs,
    requestTimeout: Math.max(requestMs, headersMs),
    connectionsCheckingInterval: Math.min(1_000, Math.max(20, Math.ceil(headersMs / 4))),
    keepAliveTimeout: keepAlive.serverSeconds * 1000,
    noDelay: true,
  };
}

export function createForwarder(options: ForwarderOptions): Forwarder {
  return new UndiciForwarder(options);
}

class UndiciForwarder implements Forwarder, House {
  readonly limits: Limits;
  readonly trustedHops: number;
  readonly upstream: Upstream;
  readonly breaker: Breaker;
  readonly retries = new RetryBudget();
  readonly deadlines: Deadlines;
  readonly prepare: ForwarderOptions['prepare'];
  readonly answerHeaders: Readonly<HeaderList>;

  constructor(private readonly options: ForwarderOptions) {
    const {
      trustedHops = 0,
      prepare,
      answerHeaders = [],
      clock = () => performance.now(),
      resolve,
      resolveEveryMs,
    } = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.trustedHops = trustedHops;
    this.prepare = prepare;
    this.answerHeaders = answerHeaders;
    const { connectMs, firstByteMs, idleBodyMs, requestMs, maxHeaderBytes, breakerFailures, breakerOpenMs } =
      this.limits;
    this.upstream = new Upstream({ origin: options.upstream, connectMs, maxHeaderBytes, resolve, resolveEveryMs });
    this.breaker = new Breaker(breakerFailures, breakerOpenMs, clock);
    this.deadlines = new Deadlines(Math.min(connectMs, firstByteMs, idleBodyMs, requestMs), clock);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    remember(request.socket, response);
    const refusal = judgeHead(request, this.limits);
    if (!refusal && this.options.local?.(request, response)) return;
    const exchange = new Exchange(this, request, response);
    if (refusal) exchange.refuse(refusal);
    else exchange.start();
  }

  attach(server: Server): void {
    server.maxHeadersCount = 0; // A parser that drops what is too much would hide it from the rules.
    const again = (request: IncomingMessage, response: ServerResponse) => server.emit('request', request, response);
    server.on('checkContinue', again).on('checkExpectation', again);
    answerBrokenRequests(server);
  }

  stats(): ForwarderStats {
    return {
      inFlight: this.deadlines.size,
      breaker: this.breaker.state,
      connections: this.upstream.stats,
      rateLimitKeys: this.options.rateLimit?.buckets.size ?? 0,
    };
  }

  async close(): Promise<void> {
    await this.upstream.close();
    this.deadlines.close();
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

import { METHODS } from 'node:http';
import { Counter } from 'prom-client';
import type { Logger } from 'pino';
import { type Metrics, REQUEST_SERVED } from '#service';
import type { Ended, Forwarder } from './forwarding/index.ts';

/** All that is forwarded is one route to the gateway. */
const ROUTE = '/api/*';
/** A client that makes methods up must not make a time series with each. `_OTHER` is OpenTelemetry's word. */
const KNOWN = new Set(METHODS);
const BREAKER = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** What forwarded requests leave behind: a log line and a measurement each, like those that the application serves. */
export class ForwardingRecords {
  private readonly refusals: Counter;
  private readonly retries: Counter;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.refusals = new Counter({
      name: 'gateway_refusals_total',
      help: 'Requests that the gateway answered itself, or cut off, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.retries = new Counter({
      name: 'gateway_upstream_retries_total',
      help: 'Attempts beyond the first.',
      registers,
    });
  }

  note(ended: Ended): void {
    const { method, status, durationMs, refusal, retries } = ended;
    this.metrics.requests.observe(
      { method: KNOWN.has(method) ? method : '_OTHER', route: ROUTE, status },
      durationMs / 1000,
    );
    if (refusal) this.refusals.inc({ reason: refusal });
    if (retries) this.retries.inc(retries);
    const line = lineOf(ended);
    if (refusal && status >= 500) this.logger.warn(line, REQUEST_SERVED);
    else this.logger.info(line, REQUEST_SERVED);
  }

  /** Of what never became a request only the reason is known. */
  refused(reason: string): void {
    this.refusals.inc({ reason });
  }

  watch(forwarder: Forwarder): void {
    const gauge = (name: string, help: string, read: (stats: ReturnType<Forwarder['stats']>) => number) =>
      this.metrics.gauge(`gateway_${name}`, help, () => read(forwarder.stats()));
    gauge('in_flight', 'Requests being forwarded.', ({ inFlight }) => inFlight);
    gauge('upstream_connections', 'Open connections to the API.', ({ connections }) => connections.connected);
    gauge('upstream_connections_free', 'Of those, how many are idle.', ({ connections }) => connections.free);
    gauge('upstream_breaker', '0 closed, 1 open, 0.5 being tried.', ({ breaker }) => BREAKER[breaker]);
    gauge('rate_limit_keys', 'Callers that the rate limit remembers.', ({ rateLimitKeys }) => rateLimitKeys);
  }
}

/** The path only: a query may hold what is nobody's business. */
function lineOf(ended: Ended): object {
  const { requestId, traceparent, method, target, status, durationMs, refusal, retries, cause } = ended;
  return {
    requestId,
    traceparent,
    method,
    path: target.split('?', 1)[0],
    status,
    ms: Math.round(durationMs),
    ...(refusal && { refusal }),
    ...(retries > 0 && { retries }),
    ...(cause !== undefined && { cause: wordsOf(cause) }),
  };
}

/** What lay behind it all. */
function wordsOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: unknown };
  return cause ? wordsOf(cause) : (message ?? String(error));
}

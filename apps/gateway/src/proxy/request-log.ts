import { Counter } from 'prom-client';
import type { Logger } from 'pino';
import { methodLabel, type Metrics, pathOf, REQUEST_SERVED, traceFieldsOf } from '#service';
import type { RequestRecord } from './forwarded-request.ts';
import type { ProxyStats } from './proxy-stats.ts';

/** All forwarded requests are one route of the gateway. */
export const FORWARDED_ROUTE = '/api/*';
const BREAKER = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** Logs and measures forwarded requests, as the application does its own. */
export class RequestLog {
  private readonly refusals: Counter;
  private readonly retries: Counter;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.refusals = new Counter({
      name: 'gateway_refusals_total',
      help: 'Requests that the gateway refused or cut off itself, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.retries = new Counter({
      name: 'gateway_upstream_retries_total',
      help: 'Attempts beyond the first.',
      registers,
    });
  }

  logRequest(record: RequestRecord): void {
    const { method, status, durationMs, refusal, retries } = record;
    this.metrics.requests.observe({ method: methodLabel(method), route: FORWARDED_ROUTE, status }, durationMs / 1000);
    if (refusal) this.refusals.inc({ reason: refusal });
    if (retries) this.retries.inc(retries);
    const fields = logFieldsOf(record);
    if (refusal && status >= 500) this.logger.warn(fields, REQUEST_SERVED);
    else this.logger.info(fields, REQUEST_SERVED);
  }

  /** For bytes and connections that never became a request, and requests to the gateway's own routes. */
  countRefusal(reason: string): void {
    this.refusals.inc({ reason });
  }

  /** @param stats called whenever the metrics are read */
  addGauges(stats: () => ProxyStats): void {
    const gauge = (name: string, help: string, read: (stats: ProxyStats) => number) =>
      this.metrics.gauge(`gateway_${name}`, help, () => read(stats()));
    gauge('in_flight', 'Requests in progress.', ({ inFlight }) => inFlight);
    gauge('upstream_connections', 'Open connections to the API.', ({ connections }) => connections.connected);
    gauge('upstream_connections_free', 'Of those, how many are idle.', ({ connections }) => connections.free);
    gauge('upstream_breaker', '0 closed, 1 open, 0.5 half-open.', ({ breaker }) => BREAKER[breaker]);
    gauge('rate_limit_keys', 'Callers whose rate is in memory.', ({ rateLimitKeys }) => rateLimitKeys);
  }
}

/** The path without its query, which may hold personal data. */
function logFieldsOf(record: RequestRecord): object {
  const { request, trace, method, target, status, durationMs, refusal, retries, cause } = record;
  return {
    requestId: trace.requestId,
    traceparent: trace.traceparent,
    ...traceFieldsOf(request),
    method,
    path: pathOf(target),
    status,
    ms: Math.round(durationMs),
    ...(refusal && { refusal }),
    ...(retries > 0 && { retries }),
    ...(cause !== undefined && { cause: rootMessageOf(cause) }),
  };
}

function rootMessageOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: unknown };
  return cause ? rootMessageOf(cause) : (message ?? String(error));
}

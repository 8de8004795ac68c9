import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Counter } from 'prom-client';
import { paths } from '#runtime';
import type { Metrics } from '../process/metrics.ts';
import { Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** Never refused, without a body: a load balancer must not take out a task because it refuses some requests. */
const EXEMPT: ReadonlySet<string> = new Set([paths.live, paths.ready, paths.health, paths.version]);
/** Requests whose body is still arriving, or whose response a slow client still reads, count for this multiple only. */
const OPEN_PER_CONCURRENT = 4;
/** What remains of a smaller body is read and dropped, so that its connection stays in use. */
const MAX_DROPPED_BYTES = 64 * 1024;

const OVERLOADED = new Problem(
  'unavailable',
  'The service has as many requests as it can work on. Send the request again after the seconds in Retry-After.',
);

const REFUSAL_HEADERS = [
  'content-type',
  'application/problem+json; charset=utf-8',
  'cache-control',
  'no-store',
  'retry-after',
  '1',
];

/**
 * Refuses requests beyond what the process can work on: before the framework sees them, because at ten times the load that
 * it can bear each refusal has only some microseconds. A request is worked on from the end of its body, so slow clients
 * hold no place of it, until its response is handed to the operating system.
 *
 * Not @fastify/under-pressure: while one of its samples is above a limit it refuses all, health checks included, so under
 * a constant overload it alternates between idle and full.
 */
export class Admission {
  private concurrent = 0;
  private open = 0;
  private readonly refused: Counter;

  constructor(
    private readonly maxConcurrent: number,
    private readonly trustsRequestId: boolean,
    metrics: Metrics,
  ) {
    this.refused = new Counter({
      name: 'http_server_refused_requests_total',
      help: 'Requests that got 503 because the service had as many as it can work on.',
      registers: [metrics.registry],
    });
    metrics.gauge('http_server_concurrent_requests', 'Requests that are worked on.', () => this.concurrent);
  }

  /** The same listener, for the requests that are admitted. */
  limit(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (EXEMPT.has(pathOf(request)) && !hasBody(request)) return listener(request, response);
      if (this.concurrent >= this.maxConcurrent || this.open >= this.maxConcurrent * OPEN_PER_CONCURRENT) {
        this.refused.inc();
        return refuse(request, response, requestIdOf(request.headers['x-request-id'], this.trustsRequestId));
      }
      this.count(request, response);
      listener(request, response);
    };
  }

  private count(request: IncomingMessage, response: ServerResponse): void {
    let isConcurrent = false;
    const begin = () => {
      isConcurrent = true;
      this.concurrent++;
    };
    const end = () => {
      request.off('end', begin);
      if (isConcurrent) this.concurrent--;
      isConcurrent = false;
    };
    this.open++;
    if (hasBody(request)) request.once('end', begin);
    else begin();
    // 'prefinish': the whole response is written, though a slow client may not have read it.
    response.once('prefinish', end).once('close', () => {
      end();
      this.open--;
    });
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0]!;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const mayDropBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= MAX_DROPPED_BYTES;

function refuse(request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const body = JSON.stringify(OVERLOADED.body(pathOf(request), requestId));
  const headers = ['x-request-id', requestId, 'content-length', String(Buffer.byteLength(body)), ...REFUSAL_HEADERS];
  if (!mayDropBody(request)) headers.push('connection', 'close');
  response.writeHead(OVERLOADED.status, headers).end(body);
}

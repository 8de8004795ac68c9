import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Counter } from 'prom-client';
import { paths } from '#runtime';
import type { Drain } from '../process/drain.ts';
import type { Metrics } from '../process/metrics.ts';
import { PausedConnections } from './paused-connections.ts';
import { Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** Never refused, without a body: a load balancer must not take out a task because it refuses some requests. */
const EXEMPT: ReadonlySet<string> = new Set([paths.live, paths.ready, paths.health, paths.version]);
/** Requests whose body is still arriving, or whose response a slow client still reads, count for this multiple only. */
const OPEN_PER_CONCURRENT = 4;
/** What remains of a smaller body is read and dropped, so that its connection stays in use. */
const MAX_DROPPED_BYTES = 64 * 1024;

const RETRY_AFTER_SECONDS = 1;

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
  String(RETRY_AFTER_SECONDS),
];

/**
 * Refuses requests beyond what the process can work on: before the framework sees them, because at ten times the load that
 * it can bear each refusal has only some microseconds. A request is worked on from the end of its body, so slow clients
 * hold no place of it, until its response is handed to the operating system.
 *
 * After a refusal its connection is read again when there is room, or when Retry-After has passed: a client that does not
 * wait for as long as it was told makes the process parse and refuse one request a second at most on each connection.
 *
 * Not @fastify/under-pressure: while one of its samples is above a limit it refuses all, health checks included, so under
 * a constant overload it alternates between idle and full.
 */
export class Admission {
  private concurrent = 0;
  private open = 0;
  private drain: Drain | undefined;
  private readonly paused: PausedConnections;
  private willResume = false;
  private readonly refused: Counter;

  constructor(
    private readonly maxConcurrent: number,
    private readonly trustsRequestId: boolean,
    metrics: Metrics,
    pauseMs = RETRY_AFTER_SECONDS * 1000,
  ) {
    this.paused = new PausedConnections(pauseMs);
    this.refused = new Counter({
      name: 'http_server_refused_requests_total',
      help: 'Requests that got 503 because the service had as many as it can work on.',
      registers: [metrics.registry],
    });
    metrics.gauge('http_server_concurrent_requests', 'Requests that are worked on.', () => this.concurrent);
    metrics.gauge(
      'http_server_paused_connections',
      'Connections that are not read after a refusal.',
      () => this.paused.size,
    );
  }

  /** From the beginning of the drain on, connections are closed after a refusal, so that none is cut off unread. */
  closeOn(drain: Drain): void {
    this.drain = drain;
  }

  /** The same listener, for the requests that are admitted. */
  limit(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (EXEMPT.has(pathOf(request)) && !hasBody(request)) return listener(request, response);
      if (this.room <= 0) return this.refuse(request, response);
      this.count(request, response);
      listener(request, response);
    };
  }

  /** How many more requests may be admitted. */
  private get room(): number {
    return Math.min(this.maxConcurrent - this.concurrent, this.maxConcurrent * OPEN_PER_CONCURRENT - this.open);
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
      this.resumePaused();
    };
    this.open++;
    if (hasBody(request)) request.once('end', begin);
    else begin();
    // 'prefinish': the whole response is written, though a slow client may not have read it.
    response.once('prefinish', end).once('close', () => {
      end();
      this.open--;
      this.resumePaused();
    });
  }

  private refuse(request: IncomingMessage, response: ServerResponse): void {
    this.refused.inc();
    const requestId = requestIdOf(request.headers['x-request-id'], this.trustsRequestId);
    const closes = (this.drain?.draining ?? false) || !mayDropBody(request);
    sendRefusal(request, response, requestId, closes);
    // Not before the request's body is dropped: to do so, node:http reads from the connection again.
    if (!closes) response.once('close', () => setImmediate(() => this.pause(request)));
  }

  private pause({ socket, complete }: IncomingMessage): void {
    if (complete && this.room <= 0) this.paused.add(socket);
  }

  /** Reads from as many paused connections as there is room for, once in each turn of the event loop. */
  private resumePaused(): void {
    if (this.willResume || this.paused.size === 0) return;
    this.willResume = true;
    setImmediate(() => {
      this.willResume = false;
      this.paused.resume(this.room);
    });
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0]!;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const mayDropBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= MAX_DROPPED_BYTES;

function sendRefusal(request: IncomingMessage, response: ServerResponse, requestId: string, closes: boolean): void {
  const body = JSON.stringify(OVERLOADED.body(pathOf(request), requestId));
  const headers = ['x-request-id', requestId, 'content-length', String(Buffer.byteLength(body)), ...REFUSAL_HEADERS];
  if (closes) headers.push('connection', 'close');
  response.writeHead(OVERLOADED.status, headers).end(body);
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Counter } from 'prom-client';
import { paths } from '#runtime';
import type { Drain } from '../process/drain.ts';
import type { Metrics } from '../process/metrics.ts';
import { pathOf } from './path-of.ts';
import { PausedConnections } from './paused-connections.ts';
import { Problem } from './problem.ts';
import { StartQueue } from './start-queue.ts';
import { requestIdOf, type TraceHeader } from './request-id.ts';

/** Never refused, without a body: a load balancer must not take out a task because it refuses some requests. */
const EXEMPT: ReadonlySet<string> = new Set([paths.live, paths.ready, paths.health, paths.version]);
/** Requests whose body is still arriving, or whose response a slow client still reads, count for this multiple only. */
const OPEN_PER_CONCURRENT = 4;
/** What remains of a smaller body is read and dropped, so that its connection stays in use. */
const MAX_DROPPED_BYTES = 64 * 1024;

const MAX_RETRY_AFTER_SECONDS = 10;

/** How soon refused connections are read again. */
export interface ReturnPace {
  /**
   * As many connections are told to come back in each second of Retry-After: if all do so when they may, refusing them again
   * takes some hundredths of the process's time. To refuse a request costs node:http and the kernel about 50 µs.
   */
  perSecond: number;
  msPerSecond: number;
}

const RETURN_PACE: ReturnPace = { perSecond: 500, msPerSecond: 1000 };

const OVERLOADED = new Problem(
  'unavailable',
  'The service has as many requests as it can work on. Send the request again after the seconds in Retry-After.',
);

const REFUSAL_HEADERS = ['content-type', 'application/problem+json; charset=utf-8', 'cache-control', 'no-store'];

/**
 * Refuses requests beyond what the process can work on: before the framework sees them, because at ten times the load that
 * it can bear each refusal has only some microseconds. A request is worked on from the end of its body, so slow clients
 * hold no place of it, until its response is handed to the operating system.
 *
 * After a refusal its connection is read again when there is room, or when Retry-After has passed, so that a client that does
 * not wait for as long as it was told costs nothing meanwhile. Retry-After grows with the number of those that were refused.
 * While some wait, a connection that was served waits behind them, for a second at most: connections take turns, and most
 * requests are served late instead of being refused first, which would take a fifth of the process's time.
 *
 * Not @fastify/under-pressure: while one of its samples is above a limit it refuses all, health checks included, so under
 * a constant overload it alternates between idle and full.
 */
export class Admission {
  private concurrent = 0;
  private open = 0;
  private drain: Drain | undefined;
  private readonly paused = new PausedConnections(() => this.room);
  private readonly starts = new StartQueue();
  private readonly refused: Counter;

  constructor(
    private readonly maxConcurrent: number,
    private readonly trustedHeaders: ReadonlySet<TraceHeader>,
    metrics: Metrics,
    private readonly pace = RETURN_PACE,
  ) {
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
      if (EXEMPT.has(pathOf(request.url ?? '')) && !hasBody(request)) return listener(request, response);
      if (this.room <= 0) return this.refuse(request, response);
      this.count(request, response);
      this.starts.add(() => {
        if (!response.closed) listener(request, response); // Its client may be gone.
      });
    };
  }

  /** How many more requests may be admitted. */
  private get room(): number {
    return Math.min(this.maxConcurrent - this.concurrent, this.maxConcurrent * OPEN_PER_CONCURRENT - this.open);
  }

  private count(request: IncomingMessage, response: ServerResponse): void {
    let isConcurrent = false;
    let isOver = false;
    const begin = () => {
      if (isOver) return;
      isConcurrent = true;
      this.concurrent++;
    };
    const end = () => {
      isOver = true;
      if (isConcurrent) this.concurrent--;
      isConcurrent = false;
      this.paused.resume();
    };
    this.open++;
    // A body that came with the header is there in the next tick; 'end' waits for its reader.
    if (hasBody(request)) process.nextTick(() => (request.complete ? begin() : request.once('end', begin)));
    else begin();
    // 'prefinish': the whole response is written, though a slow client may not have read it.
    response
      .once('prefinish', end)
      .once(RELEASE, end)
      .once('close', () => {
        end();
        this.open--;
        this.paused.resume();
        // When the ticks are done in which node:http may read from the connection again, and before its client is heard.
        if (this.paused.size > 0) queueMicrotask(() => this.letOthersBefore(request));
      });
  }

  /** Without this the next request on the connection would only be refused. */
  private letOthersBefore({ socket, complete }: IncomingMessage): void {
    if (complete && this.paused.size > 0) this.paused.add(socket, this.pace.msPerSecond);
  }

  private refuse(request: IncomingMessage, response: ServerResponse): void {
    this.refused.inc();
    const requestId = requestIdOf(request.headers, this.trustedHeaders);
    const closes = (this.drain?.draining ?? false) || !mayDropBody(request);
    const seconds = Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil((this.paused.size + 1) / this.pace.perSecond));
    sendRefusal(request, response, { requestId, seconds, closes });
    // Not before the request's body is dropped: to do so, node:http reads from the connection again.
    if (!closes) response.once('close', () => setImmediate(() => this.pause(request, seconds)));
  }

  private pause({ socket, complete }: IncomingMessage, seconds: number): void {
    if (complete && this.room <= 0) this.paused.add(socket, seconds * this.pace.msPerSecond);
  }
}

const RELEASE = Symbol('release');

/** For a response that goes on for long and takes no work while it waits: it holds no place among the concurrent requests. */
export const releaseAdmission = (response: ServerResponse): void => void response.emit(RELEASE);

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const mayDropBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= MAX_DROPPED_BYTES;

function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, seconds, closes }: { requestId: string; seconds: number; closes: boolean },
): void {
  const body = JSON.stringify(OVERLOADED.body(pathOf(request.url ?? ''), requestId));
  const headers = [...REFUSAL_HEADERS, 'x-request-id', requestId, 'retry-after', String(seconds)];
  headers.push('content-length', String(Buffer.byteLength(body)));
  if (closes) headers.push('connection', 'close');
  response.writeHead(OVERLOADED.status, headers).end(body);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { answerHeaders, type AnswerFields } from '../headers/answer-headers.ts';
import { forwardedOf } from '../headers/forwarded.ts';
import type { HeaderList } from '../headers/header-list.ts';
import { requestHeaders } from '../headers/request-headers.ts';
import { traceOf } from '../headers/trace.ts';
import type { Timed } from '../limits/deadlines.ts';
import type { Ended, Forwarding } from '../options.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { faultOf } from '../upstream/faults.ts';
import type { Carried, Line } from '../upstream/line.ts';
import type { House } from './house.ts';
import { passInformational } from './informational.ts';
import { dropRest } from './leftover.ts';
import { lateness, type Phase } from './lateness.ts';
import { hasBody, refuse } from './refuse.ts';
import { mayRetry } from './retry.ts';
import { TooLarge, tooLarge, Unfinished, Upload, type UploadWatcher } from './upload.ts';

const EXCHANGE = Symbol('exchange');

interface Answering extends ServerResponse {
  [EXCHANGE]?: Exchange;
}

/** The exchange that a response belongs to. */
export const exchangeOf = (response: ServerResponse): Exchange | undefined => (response as Answering)[EXCHANGE];

/**
 * One request from its head to the end of its answer. It is its own dispatch handler, hook context, deadline and log record:
 * one object per request.
 */
export class Exchange implements Carried, Forwarding, Ended, Timed, UploadWatcher {
  readonly method: string;
  readonly target: string;
  readonly requestId: string;
  readonly traceparent: string;
  readonly clientAddress: string;
  readonly proto: string;
  readonly headers: HeaderList;
  readonly answerHeaders: HeaderList = [];

  phase: Phase = 'preparing';
  /** When a byte last moved, or the phase began. */
  movedAt: number;
  readonly startedAt: number;
  upload: Upload | undefined;
  /** The breaker has been told how this went. */
  counted = false;
  /** The client does not read as fast as the upstream writes. */
  held = false;

  status = 0;
  durationMs = 0;
  refusal: string | undefined;
  upstream: Ended['upstream'] = 'untouched';
  retries = 0;
  cause: unknown;

  line: Line | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private usedLine = false;
  private endsWithConnection = false;
  private invited = false;
  private bodyBegan = false;
  private readonly began = performance.now();

  constructor(
    private readonly house: House,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    const trusted = house.trustedHops > 0;
    const trace = traceOf(request, trusted);
    const forwarded = forwardedOf(request, house.trustedHops);
    this.method = request.method!;
    this.target = request.url!;
    this.requestId = trace.requestId;
    this.traceparent = trace.traceparent;
    this.clientAddress = forwarded.clientAddress;
    this.proto = forwarded.proto;
    this.headers = requestHeaders(request, forwarded, trace);
    this.startedAt = this.movedAt = house.deadlines.now;
    (response as Answering)[EXCHANGE] = this;
    response.on('close', onClose);
  }

  /** Forwards the request, unless something forbids it. */
  start(): void {
    const refusal = this.house.admit(this) ?? this.judgeLength();
    if (refusal) return this.refuse(refusal);
    const { prepare } = this.house;
    if (!prepare) return this.send();
    try {
      const prepared = prepare(this);
      if (!(prepared instanceof Promise)) return this.proceed(prepared);
      prepared.then(
        (late) => this.proceed(late),
        (error: unknown) => this.stumble(error),
      );
    } catch (error) {
      this.stumble(error);
    }
  }

  private proceed(refusal: Refusal | undefined): void {
    if (this.phase !== 'preparing') return; // The client has gone meanwhile, or time is up.
    if (refusal) this.refuse(refusal);
    else this.send();
  }

  private stumble(error: unknown): void {
    if (this.phase !== 'preparing') return;
    this.cause = error;
    this.refuse(isRefusal(error) ? error : UNPREPARED);
  }

  private judgeLength(): Refusal | undefined {
    if (!hasBody(this.request)) return undefined;
    const maxBytes = this.house.maxBodyBytes(this.target);
    if (Number(this.request.headers['content-length']) > maxBytes) return tooLarge(maxBytes);
    const keep = this.request.headers['idempotency-key'] !== undefined;
    this.upload = new Upload(this.request, this, { maxBytes, keep });
    return undefined;
  }

  bodyWanted(): void {
    if (this.request.headers.expect !== undefined && !this.invited && !this.response.headersSent)
      this.response.writeContinue();
    this.invited = true;
  }

  bodyMoved(): void {
    this.movedAt = this.house.deadlines.now;
  }

  bodyWhole(): void {
    if (this.phase === 'sending') this.enter('waiting');
  }

  private send(): void {
    this.enter('connecting');
    const { target: path, headers, upload: body } = this;
    const method = this.method;
    this.house.upstream.dispatch({ path, method, headers, body }, this);
  }

  /** All has been said; at most it has to reach the client. */
  get over(): boolean {
    return this.phase === 'flushing' || this.phase === 'done';
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.movedAt = this.house.deadlines.now;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.over) return controller.abort(GONE);
    this.controller = controller;
    this.usedLine = this.line!.served > 0;
    this.upstream = 'silent';
    this.enter(this.upload ? 'sending' : 'waiting');
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, fields: AnswerFields, text?: string): void {
    if (this.over) return;
    if (status < 200) return passInformational(this.response, status, fields);
    this.line!.served++;
    this.house.breaker.succeeded();
    this.counted = true;
    this.upstream = 'broken';
    this.enter('answering');
    this.endsWithConnection =
      fields['content-length'] === undefined && fields['transfer-encoding'] === undefined && status !== 204;
    const list = answerHeaders(status, fields, this);
    for (const word of this.answerHeaders) list.push(word);
    if (this.house.draining()) list.push('connection', 'close');
    try {
      this.response.writeHead(status, text, list);
      this.status = status;
      process.nextTick(flushHead, this);
    } catch (error) {
      this.fail(NONSENSE, error);
    }
  }

  /** A head whose body lets itself be waited for goes down alone; else both share a packet. */
  flushHead(): void {
    if (this.phase === 'answering' && !this.bodyBegan) this.response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.phase !== 'answering') return;
    this.bodyBegan = true;
    this.movedAt = this.house.deadlines.now;
    if (this.response.write(chunk)) return;
    if (!this.held) this.response.once('drain', onDrain);
    this.held = true;
    controller.pause();
  }

  onResponseEnd(): void {
    if (this.phase !== 'answering') return;
    if (this.endsWithConnection && this.line!.failure) return this.fail(CUT_OFF, this.line!.failure);
    this.upstream = 'answered';
    this.enter('flushing');
    this.response.end();
    if (!this.upload || this.request.complete) return;
    // The answer came before the body was whole. The connection lives on if the rest is short.
    dropRest(this.request, this.house.limits.lingerMs, (whole) => void (whole || this.request.socket.destroy()));
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (this.over) return;
    if (error instanceof TooLarge) return this.fail(error.refusal, error);
    if (error instanceof Unfinished) return this.response.destroy() && undefined;
    const fault = faultOf(error, this.controller !== undefined);
    if (mayRetry(this, fault, this.usedLine, this.house.retries)) return this.retry(fault.unreached);
    this.house.breaker.failed();
    this.counted = true;
    this.fail(fault, error);
  }

  private retry(unreached: boolean): void {
    this.retries++;
    this.upload = this.upload?.again();
    this.controller = undefined;
    this.enter('connecting');
    // A refused connection is refused again in the same instant.
    setTimeout(() => this.phase === 'connecting' && this.send(), unreached ? RETRY_PAUSE_MS : 0);
  }

  resume(): void {
    this.held = false;
    this.bodyMoved();
    this.controller?.resume();
  }

  tick(now: number): void {
    const late = lateness(this, now, this.house.limits);
    if (!late) return;
    if (late.upstreamFault && !this.counted) {
      this.house.breaker.failed();
      this.counted = true;
    }
    this.fail(late, undefined);
  }

  /** Ends the exchange with a problem, or, where an answer has begun, by cutting it off so that nobody takes it for whole. */
  fail(refusal: Refusal, cause: unknown): void {
    this.cause = cause;
    const { controller } = this;
    this.refuse(refusal);
    controller?.abort(GONE);
  }

  refuse(refusal: Refusal): void {
    this.enter('flushing');
    this.refusal = refusal.reason ?? refusal.kind;
    if (this.response.headersSent) return this.cut();
    const { requestId, traceparent, answerHeaders: own } = this;
    const further = ['x-request-id', requestId, 'traceparent', traceparent, ...own];
    if (this.house.draining()) further.push('connection', 'close');
    const waiting = this.request.headers.expect !== undefined && !this.invited;
    const lingerMs = waiting ? 0 : this.house.limits.lingerMs;
    refuse(this.request, this.response, refusal, { requestId, further, lingerMs });
    this.status = this.response.statusCode;
  }

  private cut(): void {
    // Without chunks or a length, the end of the connection would be the end of the body: only a reset says otherwise.
    if (this.request.httpVersionMinor === 0) this.request.socket.resetAndDestroy();
    else this.response.destroy();
  }

  /** The response is over, one way or the other. */
  closed(): void {
    const { over } = this;
    this.phase = 'done';
    if (!over) {
      this.refusal = 'client-gone';
      this.controller?.abort(GONE);
      this.upload?.destroy();
    }
    this.durationMs = performance.now() - this.began;
    this.house.ended(this);
  }
}

const RETRY_PAUSE_MS = 30;

const GONE = new Error('Nobody waits for this answer any more.');

const UNPREPARED: Refusal = {
  kind: 'internal',
  detail: 'The request could not be served. It is safe to try again later.',
  reason: 'unprepared',
};

const NONSENSE: Refusal = {
  kind: 'bad-gateway',
  detail: 'The service answered with something that is not HTTP.',
  reason: 'nonsense',
};

const CUT_OFF: Refusal = { kind: 'bad-gateway', detail: 'The service broke the connection off.', reason: 'lost' };

function onClose(this: ServerResponse): void {
  exchangeOf(this)!.closed();
}

function flushHead(exchange: Exchange): void {
  exchange.flushHead();
}

function onDrain(this: ServerResponse): void {
  exchangeOf(this)!.resume();
}

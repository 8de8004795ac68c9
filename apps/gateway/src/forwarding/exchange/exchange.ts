import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHeaders, type AnswerFields } from '../headers/answer-headers.ts';
import { forwardedOf } from '../headers/forwarded.ts';
import type { HeaderList } from '../headers/header-list.ts';
import { requestHeaders } from '../headers/request-headers.ts';
import { traceOf } from '../headers/trace.ts';
import type { Timed } from '../limits/deadlines.ts';
import type { Ended, Forwarding } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import { type Fault, NONSENSE } from '../upstream/faults.ts';
import { Attempt } from './attempt.ts';
import type { House } from './house.ts';
import { passInformational } from './informational.ts';
import { lateness, type Phase } from './lateness.ts';
import { dropRest } from './leftover.ts';
import { whenPrepared } from './prepared.ts';
import { hasBody, refuse } from './refuse.ts';
import { mayRetry } from './retry.ts';
import { tooLarge, Upload, type UploadWatcher } from './upload.ts';

const EXCHANGE = Symbol('exchange');

interface Answering extends ServerResponse {
  [EXCHANGE]?: Exchange;
}

/** The exchange that a response belongs to. */
export const exchangeOf = (response: ServerResponse): Exchange | undefined => (response as Answering)[EXCHANGE];

/** A refused connection is refused again in the same instant. */
const RETRY_PAUSE_MS = 30;

/** One request from its head to the end of its answer. Hooks, deadlines and the log read it as it is: no copies are made. */
export class Exchange implements Forwarding, Ended, Timed, UploadWatcher {
  readonly method: string;
  readonly target: string;
  readonly requestId: string;
  readonly traceparent: string;
  readonly clientAddress: string;
  readonly proto: string;
  readonly headers: HeaderList;
  readonly answerHeaders: HeaderList;

  phase: Phase = 'preparing';
  /** When a byte last moved, or the phase began. */
  movedAt: number;
  readonly startedAt: number;
  watchedAt = -1;
  upload: Upload | undefined;
  /** The client does not read as fast as the upstream writes. */
  held = false;
  /** The breaker has been told how this went. */
  counted = false;

  status = 0;
  durationMs = 0;
  refusal: string | undefined;
  upstream: Ended['upstream'] = 'untouched';
  retries = 0;
  cause: unknown;

  private attempt: Attempt | undefined;
  private invited = false;
  private bodyBegan = false;
  private readonly began = performance.now();

  constructor(
    private readonly house: House,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    const trace = traceOf(request, house.trustedHops > 0);
    const forwarded = forwardedOf(request, house.trustedHops);
    this.method = request.method!;
    this.target = request.url!;
    this.requestId = trace.requestId;
    this.traceparent = trace.traceparent;
    this.clientAddress = forwarded.clientAddress;
    this.proto = forwarded.proto;
    this.headers = requestHeaders(request, forwarded, trace);
    this.answerHeaders = [...house.answerHeaders];
    this.startedAt = this.movedAt = house.deadlines.now;
    (response as Answering)[EXCHANGE] = this;
    response.on('close', onClose);
  }

  /** All has been said; at most it has to reach the client. */
  get over(): boolean {
    return this.phase === 'flushing' || this.phase === 'done';
  }

  /** Forwards the request, unless something forbids it. */
  start(): void {
    const refusal = this.house.admit(this) ?? this.takeBody();
    if (refusal) return this.refuse(refusal);
    const { prepare } = this.house;
    if (prepare) whenPrepared(this, prepare);
    else this.send();
  }

  private takeBody(): Refusal | undefined {
    if (!hasBody(this.request)) return undefined;
    const maxBytes = this.house.maxBodyBytes(this.target);
    if (Number(this.request.headers['content-length']) > maxBytes) return tooLarge(maxBytes);
    const keep = this.request.headers['idempotency-key'] !== undefined;
    this.upload = new Upload(this.request, this, { maxBytes, keep });
    return undefined;
  }

  send(): void {
    this.enter('connecting');
    const { target: path, headers, upload: body } = this;
    const method = this.method;
    this.attempt = new Attempt(this);
    this.house.upstream.dispatch({ path, method, headers, body }, this.attempt);
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.movedAt = this.house.deadlines.now;
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

  sent(): void {
    this.upstream = 'silent';
    this.enter(this.upload ? 'sending' : 'waiting');
  }

  inform(status: number, fields: AnswerFields): void {
    passInformational(this.response, status, fields);
  }

  answer(status: number, fields: AnswerFields, text: string | undefined): void {
    this.house.breaker.succeeded();
    this.counted = true;
    this.upstream = 'broken';
    this.enter('answering');
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

  /** @returns whether the client takes more */
  pass(chunk: Buffer): boolean {
    if (this.phase !== 'answering') return true;
    this.bodyBegan = true;
    this.bodyMoved();
    if (this.response.write(chunk)) return true;
    if (!this.held) this.response.once('drain', onDrain);
    this.held = true;
    return false;
  }

  resume(): void {
    this.held = false;
    this.bodyMoved();
    this.attempt?.resume();
  }

  /** The upstream has said everything. */
  finish(): void {
    if (this.phase !== 'answering') return;
    this.upstream = 'answered';
    this.enter('flushing');
    this.response.end();
    if (!this.upload || this.request.complete) return;
    // The answer came before the body was whole. The connection lives on if the rest is short.
    dropRest(this.request, this.house.limits.lingerMs, (whole) => void (whole || this.request.socket.destroy()));
  }

  /** The upstream failed: once more where that can do no harm, else the client is told. */
  stumble(fault: Fault, error: Error): void {
    if (mayRetry(this, fault, this.attempt!.usedLine, this.house.retries)) return this.retry(fault.unreached);
    this.blame();
    this.fail(fault, error);
  }

  private retry(unreached: boolean): void {
    this.retries++;
    this.upload = this.upload?.again();
    this.enter('connecting');
    setTimeout(() => this.phase === 'connecting' && this.send(), unreached ? RETRY_PAUSE_MS : 0);
  }

  private blame(): void {
    if (!this.counted) this.house.breaker.failed();
    this.counted = true;
  }

  tick(now: number): void {
    const late = lateness(this, now, this.house.limits);
    if (!late) return;
    if (late.upstreamFault) this.blame();
    this.fail(late, undefined);
  }

  /** Ends the exchange with a problem, or, where an answer has begun, by cutting it off so that nobody takes it for whole. */
  fail(refusal: Refusal, cause: unknown): void {
    this.cause = cause;
    this.refuse(refusal);
    this.attempt?.abort();
  }

  refuse(refusal: Refusal): void {
    this.enter('flushing');
    this.refusal = refusal.reason ?? refusal.kind;
    if (this.response.headersSent) return this.cut();
    const further = ['x-request-id', this.requestId, 'traceparent', this.traceparent, ...this.answerHeaders];
    if (this.house.draining()) further.push('connection', 'close');
    // Who still waits for `100 Continue` sends nothing that could be waited for.
    const uninvited = this.request.headers.expect !== undefined && !this.invited;
    const lingerMs = uninvited ? 0 : this.house.limits.lingerMs;
    refuse(this.request, this.response, refusal, { requestId: this.requestId, further, lingerMs });
    this.status = this.response.statusCode;
  }

  private cut(): void {
    // Without chunks or a length, the end of the connection would be the end of the body: only a reset says otherwise.
    if (this.request.httpVersionMinor === 0) this.request.socket.resetAndDestroy();
    else this.response.destroy();
  }

  /** The response is over, one way or the other. */
  closed(): void {
    if (!this.over) {
      this.refusal = 'client-gone';
      this.phase = 'done';
      this.attempt?.abort();
      this.upload?.destroy();
    }
    this.phase = 'done';
    this.durationMs = performance.now() - this.began;
    this.house.ended(this);
  }
}

function onClose(this: ServerResponse): void {
  exchangeOf(this)!.closed();
}

function onDrain(this: ServerResponse): void {
  exchangeOf(this)!.resume();
}

function flushHead(exchange: Exchange): void {
  exchange.flushHead();
}

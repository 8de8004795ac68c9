import type { AnswerHead, HeaderList } from '../../http1/index.ts';
import { Answer } from '../connection/answer.ts';
import type { ClientConnection, Served } from '../connection/client-connection.ts';
import type { ClientRequest } from '../connection/client-request.ts';
import { answerHeaders, endToEnd } from '../headers/answer-headers.ts';
import { forwardedOf } from '../headers/forwarded.ts';
import { requestHeaders } from '../headers/request-headers.ts';
import { traceOf } from '../headers/trace.ts';
import type { Timed } from '../limits/deadlines.ts';
import type { Ended, Forwarding } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import { type Fault, NONSENSE, UNSENDABLE } from '../upstream/faults.ts';
import type { Line } from '../upstream/line.ts';
import { Attempt } from './attempt.ts';
import type { House } from './house.ts';
import { lateness, type Phase } from './lateness.ts';
import { dropRest } from './leftover.ts';
import { whenPrepared } from './prepared.ts';
import { refuse } from './refuse.ts';
import { mayRetry } from './retry.ts';
import { tooLarge, Upload, type UploadWatcher } from './upload.ts';

/** A refused connection is refused again in the same instant. */
const RETRY_PAUSE_MS = 30;

/** One request from its head to the end of its answer. Hooks, deadlines and the log read it as it is: no copies are made. */
export class Exchange implements Forwarding, Ended, Served, Timed, UploadWatcher {
  readonly method: string;
  readonly target: string;
  readonly requestId: string;
  readonly traceparent: string;
  readonly clientAddress: string;
  readonly proto: string;
  readonly headers: HeaderList;
  readonly answerHeaders: HeaderList;
  readonly answer: Answer;

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

  durationMs = 0;
  refusal: string | undefined;
  upstream: Ended['upstream'] = 'untouched';
  retries = 0;
  cause: unknown;

  private attempt: Attempt | undefined;
  private invited = false;
  private readonly began = performance.now();

  /** @param wrong what was found wrong with its head */
  constructor(
    private readonly house: House,
    readonly request: ClientRequest,
    private readonly connection: ClientConnection,
    private readonly wrong: Refusal | undefined,
  ) {
    const trace = traceOf(request, house.trustedHops > 0);
    const forwarded = (request.forwarded = forwardedOf(request, house.trustedHops));
    this.method = request.method;
    this.target = request.url;
    this.requestId = trace.requestId;
    this.traceparent = trace.traceparent;
    this.clientAddress = forwarded.clientAddress;
    this.proto = forwarded.proto;
    this.headers = requestHeaders(request, forwarded, trace);
    this.answerHeaders = [...house.answerHeaders];
    this.answer = new Answer(connection.wire, request);
    this.startedAt = this.movedAt = house.deadlines.now;
  }

  /** What the client got; 0 where it went away before any answer. */
  get status(): number {
    return this.answer.status;
  }

  get over(): boolean {
    return this.phase === 'flushing' || this.phase === 'done';
  }

  /** Forwards the request, unless something forbids it. */
  begin(): void {
    const refusal = this.wrong ?? this.house.admit(this) ?? this.takeBody();
    if (refusal) return this.refuse(refusal);
    const { prepare } = this.house;
    if (prepare) whenPrepared(this, prepare);
    else this.send();
  }

  private takeBody(): Refusal | undefined {
    const { request } = this;
    if (!request.hasBody) return undefined;
    const maxBytes = this.house.maxBodyBytes(this.target);
    if (Number(request.headers['content-length']) > maxBytes) return tooLarge(maxBytes);
    const keep = request.headers['idempotency-key'] !== undefined;
    this.upload = new Upload(request, this, { maxBytes, keep });
    return undefined;
  }

  send(): void {
    this.enter('connecting');
    this.attempt = new Attempt(this);
    this.house.upstream.dispatch(this.attempt);
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.movedAt = this.house.deadlines.now;
  }

  bodyWanted(): void {
    if (this.request.headers.expect !== undefined && !this.invited) this.answer.writeInterim(100, []);
    this.invited = true;
  }

  bodyMoved(): void {
    this.movedAt = this.house.deadlines.now;
  }

  bodyWhole(): void {
    if (this.phase === 'sending') this.enter('waiting');
  }

  bodyTooLarge(refusal: Refusal): void {
    if (!this.over) this.fail(refusal, undefined);
  }

  sentBy(line: Line): void {
    this.upstream = 'silent';
    this.enter(this.upload ? 'sending' : 'waiting');
    line.sendHead(this.method, this.target, this.headers, this.upload !== undefined);
    this.upload?.pour(line);
  }

  inform({ status, fields }: AnswerHead): void {
    this.answer.writeInterim(status, endToEnd(status, fields));
  }

  answerWith({ status, text, fields }: AnswerHead): void {
    this.house.breaker.succeeded();
    this.counted = true;
    this.upstream = 'broken';
    this.enter('answering');
    const list = answerHeaders(status, fields, this);
    list.push(...this.house.via, ...this.answerHeaders);
    if (this.house.draining()) this.answer.isLast = true;
    try {
      this.answer.writeHead(status, text, list);
    } catch (error) {
      this.fail(NONSENSE, error);
    }
  }

  /** @returns whether the client takes more */
  pass(bytes: Buffer): boolean {
    this.bodyMoved();
    this.held = !this.answer.write(bytes);
    return !this.held;
  }

  rested(): void {
    if (this.phase === 'answering') this.answer.flushHead();
  }

  resume(): void {
    if (!this.held) return;
    this.held = false;
    this.bodyMoved();
    this.attempt?.resume();
  }

  /** The upstream has said everything. */
  finish(): void {
    this.upstream = 'answered';
    this.enter('flushing');
    this.held = false;
    this.upload?.stop();
    this.answer.end();
    if (!this.request.complete) {
      // The answer came before the body was whole. The connection lives on if the rest is short.
      dropRest(this.request, this.house.limits.lingerMs, (whole) => void (whole || this.connection.socket.destroy()));
    }
    this.connection.answered();
  }

  /** The upstream failed: once more where that can do no harm, else the client is told. */
  stumble(fault: Fault, error: Error): void {
    this.upload?.stop();
    if (mayRetry(this, fault, this.attempt!.usedLine, this.house.retries)) return this.retry(fault.unreached);
    if (fault !== UNSENDABLE) this.blame();
    this.fail(fault, error);
  }

  private retry(unreached: boolean): void {
    this.retries++;
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
    this.attempt?.abort();
    this.upload?.stop();
    this.refuse(refusal);
  }

  refuse(refusal: Refusal): void {
    this.enter('flushing');
    this.refusal = refusal.reason ?? refusal.kind;
    if (this.answer.begun) return this.connection.cut();
    const further = ['x-request-id', this.requestId, 'traceparent', this.traceparent, ...this.answerHeaders];
    if (this.house.draining()) this.answer.isLast = true;
    // Who still waits for `100 Continue` sends nothing that could be waited for.
    const uninvited = this.request.headers.expect !== undefined && !this.invited;
    const lingerMs = uninvited ? 0 : this.house.limits.lingerMs;
    const told = { requestId: this.requestId, further, lingerMs };
    refuse(this.request, this.answer, refusal, told, () => this.connection.answered());
  }

  closed(): void {
    if (!this.over) {
      this.refusal = 'client-gone';
      this.phase = 'done';
      this.attempt?.abort();
    }
    this.phase = 'done';
    this.durationMs = performance.now() - this.began;
    this.house.ended(this);
  }
}

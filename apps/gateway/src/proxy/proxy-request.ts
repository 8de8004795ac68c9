import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendErrorResponse } from './error-response.ts';
import { drainBody } from './drain-body.ts';
import { type Holder, SLOW_CLIENT } from './limits/fair-share.ts';
import { isRetryable } from './limits/retry-policy.ts';
import type { Watched } from './limits/timeout-checker.ts';
import { checkTimeouts } from './limits/timeouts.ts';
import type { ForwardedRequest, HookResult, RequestRecord } from './options.ts';
import type { ProxyContext } from './proxy-context.ts';
import { type Refusal, unavailable } from './rules/refusal.ts';
import { hasBody, RequestBody, type RequestBodyEvents } from './request-body.ts';
import { RequestState, type State } from './request-state.ts';
import { type HeaderList, removeHeader } from './rules/header-list.ts';
import { requestHeaders } from './rules/request-headers.ts';
import { informationalHeaders, responseHeaders, type UpstreamHeaders } from './rules/response-headers.ts';
import { runHook } from './run-hook.ts';
import { Attempt, type AttemptEvents } from './upstream/attempt.ts';
import { INVALID_RESPONSE, type UpstreamError } from './upstream/errors.ts';

/** A refused connection would be refused again at once, in milliseconds. */
const RETRY_PAUSE_MS = 30;
/** How often a client that has ended its side is asked whether it still listens, in milliseconds. */
const PROBE_MS = 250;
/** How long a response may stand still for a client that has ended its side meanwhile, in milliseconds. */
const HALF_CLOSED_IDLE_MS = 1_000;

const BREAKER_OPEN = unavailable('breaker-open', 'The service behind the gateway is unavailable. Nothing was done.');

const tooLarge = (maxBytes: number): Refusal => ({
  kind: 'too-large',
  detail: `The body must not exceed ${maxBytes} bytes.`,
});

/** One request from its header to the end of its response. */
export class ProxyRequest implements AttemptEvents, RequestBodyEvents, Holder, Watched {
  private readonly state = new RequestState();
  private readonly request: IncomingMessage;
  private readonly headers: HeaderList = [];
  private readonly responseHeaders: HeaderList;
  private readonly arrivedAt = performance.now();
  private readonly startedAt: number;
  private movedAt: number;
  private body: RequestBody | undefined;
  private attempt: Attempt | undefined;
  private isBodyInvited = false;
  private isBodyComplete = false;
  private isResponseBodyBegun = false;
  /** The client does not read as fast as the upstream writes. */
  private isHeld = false;
  private isBreakerInformed = false;
  private isAdmitted = false;
  /** When the client ended its side of the connection, or was last asked whether it still listens. */
  private probedAt: number | undefined;
  private status = 0;
  private refusal: string | undefined;
  private upstream: RequestRecord['upstream'] = 'untouched';
  private retries = 0;
  private cause: unknown;

  constructor(
    private readonly context: ProxyContext,
    private readonly forwarded: ForwardedRequest,
    private readonly response: ServerResponse,
  ) {
    this.request = forwarded.request;
    this.responseHeaders = [...(context.options.responseHeaders ?? [])];
    this.startedAt = this.movedAt = context.timeouts.now;
    context.timeouts.add(this);
    response.on('close', () => this.onClose());
  }

  /** Nothing more may be told to the client. */
  get isOver(): boolean {
    return this.state.isOver;
  }

  /** Forwards the request, unless a limit forbids it. */
  start(): void {
    const refusal = this.admit() ?? this.takeBody();
    if (refusal) return this.refuse(refusal);
    this.enter('preparing');
    const { beforeForward } = this.context.options;
    if (!beforeForward) return this.forward({});
    runHook(beforeForward, this.forwarded, (outcome) => {
      if (this.state.name !== 'preparing') return; // The client is gone, or the time is up.
      if ('result' in outcome) return this.forward(outcome.result);
      this.cause = outcome.cause;
      this.refuse(outcome.refusal);
    });
  }

  /** Ends the request with an error response, or, where a response has begun, by cutting it off. */
  fail(refusal: Refusal, cause: unknown): void {
    this.cause = cause;
    this.attempt?.abort();
    this.body?.destroy();
    if (this.state.isRefusable) this.refuse(refusal);
    else this.cut(refusal);
  }

  refuse(refusal: Refusal): void {
    this.enter('refused');
    this.refusal = refusal.reason ?? refusal.kind;
    const { requestId, traceparent } = this.forwarded.trace;
    sendErrorResponse(this.request, this.response, {
      refusal,
      requestId,
      headers: ['x-request-id', requestId, 'traceparent', traceparent, ...this.responseHeaders],
      // A client that still waits for `100 Continue` sends no body that could be drained.
      lingerMs: this.awaitsInvitation ? 0 : this.context.limits.lingerMs,
      close: this.isDraining,
    });
    this.status = this.response.statusCode;
  }

  /** The client has ended its side of the connection: it may still read (RFC 9112 §9.6), or be gone. */
  onClientEnd(): void {
    this.probedAt = this.context.timeouts.now;
  }

  waitsForClientSince(): number | undefined {
    return this.waitsForClient ? this.movedAt : undefined;
  }

  evict(): void {
    this.fail(SLOW_CLIENT, undefined);
  }

  onTick(now: number): void {
    if (this.state.name === 'cut') return;
    const { startedAt, movedAt, waitsForClient } = this;
    const progress = { phase: this.state.phase, startedAt, movedAt, waitsForClient };
    const timeout = checkTimeouts(progress, now, this.context.limits);
    if (timeout) {
      if (timeout.isUpstreamFailure) this.recordFailure();
      this.fail(timeout, undefined);
    } else if (this.probedAt !== undefined) this.checkHalfClosed(this.probedAt, now);
  }

  onBodyWanted(): void {
    if (this.awaitsInvitation && !this.response.headersSent) this.response.writeContinue();
    this.isBodyInvited = true;
  }

  onBodyProgress(): void {
    this.movedAt = this.context.timeouts.now;
  }

  onBodyEnd(): void {
    this.isBodyComplete = true;
    if (this.state.name === 'uploading') this.enter('awaiting');
  }

  onBodyTooLarge(): void {
    if (!this.isOver) this.fail(tooLarge(this.maxBodyBytes), undefined);
  }

  onSent(): void {
    this.upstream = 'silent';
    this.enter(this.body && !this.isBodyComplete ? 'uploading' : 'awaiting');
  }

  onInformational(status: number, fields: UpstreamHeaders, raw: Readonly<HeaderList>): void {
    const { response } = this;
    // HTTP/1.0 has no informational responses. A client that does not read gets none: undici cannot pause them.
    if (this.request.httpVersionMinor === 0 || response.headersSent || response.socket?.writableNeedDrain) return;
    response.writeInformation(status, informationalHeaders(fields, raw));
  }

  onResponse(status: number, fields: UpstreamHeaders, statusText: string | undefined): void {
    this.recordSuccess();
    this.upstream = 'broken';
    const list = responseHeaders(status, fields, this.forwarded.trace);
    for (const text of this.responseHeaders) list.push(text);
    if (this.isDraining) list.push('connection', 'close');
    try {
      this.response.writeHead(status, statusText, list);
    } catch (error) {
      return this.fail(INVALID_RESPONSE, error);
    }
    this.status = status;
    this.enter('responding');
    // The header shares a packet with the body's first bytes, unless these come later.
    process.nextTick(() => {
      if (this.state.name === 'responding' && !this.isResponseBodyBegun) this.response.flushHeaders();
    });
  }

  onData(chunk: Buffer): boolean {
    this.isResponseBodyBegun = true;
    this.movedAt = this.context.timeouts.now;
    if (this.response.write(chunk)) return true;
    if (!this.isHeld) this.response.once('drain', () => this.onDrain());
    this.isHeld = true;
    return false;
  }

  onResponseEnd(): void {
    this.upstream = 'answered';
    this.enter('flushing');
    this.isHeld = false;
    this.response.end();
    const { request } = this;
    if (!this.body || request.complete) return;
    // The response did not wait for the body. The connection is kept where the rest is short.
    drainBody(request, this.context.limits.lingerMs, (ended) => void (ended || request.socket.destroy()));
  }

  onUpstreamError(error: UpstreamError, cause: Error, reusedConnection: boolean): void {
    if (this.isRetryable(error, reusedConnection)) return this.retry(error.sent);
    if (error.isUpstreamFailure) this.recordFailure();
    this.fail(error, cause);
  }

  private get awaitsInvitation(): boolean {
    return this.request.headers.expect !== undefined && !this.isBodyInvited;
  }

  private get isDraining(): boolean {
    return this.context.options.isDraining?.() ?? false;
  }

  private get waitsForClient(): boolean {
    if (this.state.name === 'uploading') return this.body?.waitsForClient ?? false;
    if (this.state.name === 'responding') return this.isHeld;
    return this.state.phase === 'flushing';
  }

  private get maxBodyBytes(): number {
    const { largeBodies, maxBodyBytes } = this.context.limits;
    return largeBodies.find(({ under }) => this.forwarded.target.startsWith(under))?.maxBytes ?? maxBodyBytes;
  }

  private admit(): Refusal | undefined {
    const { options, share, breaker, retries } = this.context;
    const { request, client } = this.forwarded;
    const limited = options.rateLimit?.check(request, client.address);
    if (limited) this.responseHeaders.push(...limited.headers);
    if (limited?.refusal) return limited.refusal;
    const { address, network } = client;
    const refusal = share.enter(this, { address, network, principal: options.principalOf?.(request) });
    if (refusal) return refusal;
    if (!breaker.admit()) return BREAKER_OPEN;
    this.isAdmitted = true;
    retries.deposit();
    return undefined;
  }

  private takeBody(): Refusal | undefined {
    const { request, maxBodyBytes } = this;
    if (!hasBody(request)) return undefined;
    if (Number(request.headers['content-length']) > maxBodyBytes) return tooLarge(maxBodyBytes);
    this.body = new RequestBody(request, this, { maxBytes: maxBodyBytes, keep: this.hasIdempotencyKey });
    return undefined;
  }

  private get hasIdempotencyKey(): boolean {
    return this.request.headers['idempotency-key'] !== undefined;
  }

  private forward({ removeHeaders = [], addHeaders = [], responseHeaders: further = [] }: HookResult): void {
    const { request, client, trace } = this.forwarded;
    this.headers.push(...requestHeaders(request, client, trace));
    for (const name of removeHeaders) removeHeader(this.headers, name);
    this.headers.push(...addHeaders);
    this.responseHeaders.push(...further);
    this.send();
  }

  private send(): void {
    this.enter('connecting');
    const { headers, body } = this;
    this.attempt = new Attempt(this);
    const options = { path: this.forwarded.target, method: this.request.method!, headers, body: body ?? null };
    this.context.pool.dispatch(options, this.attempt);
  }

  private isRetryable(error: UpstreamError, reusedConnection: boolean): boolean {
    const attempt = {
      method: this.request.method!,
      hasIdempotencyKey: this.hasIdempotencyKey,
      retries: this.retries,
      reusedConnection,
      responseBegun: this.state.name === 'responding',
      bodyRepeatable: this.body?.isRepeatable ?? true,
    };
    return isRetryable(attempt, error) && this.context.retries.withdraw();
  }

  /** @param atOnce nothing speaks against it: the connection was closed already */
  private retry(atOnce: boolean): void {
    this.retries++;
    this.isBodyComplete = false;
    this.body = this.body?.forNextAttempt();
    this.enter('connecting');
    setTimeout(() => this.state.name === 'connecting' && this.send(), atOnce ? 0 : RETRY_PAUSE_MS);
  }

  /** Without chunks or a length, only a reset tells the client that the response is incomplete. */
  private cut(refusal: Refusal): void {
    this.enter('cut');
    this.refusal = refusal.reason ?? refusal.kind;
    const { socket } = this.request;
    if (this.request.httpVersionMinor === 0) socket.resetAndDestroy();
    else socket.destroy();
  }

  /** Only bytes show whether the client still reads: where it is gone, they bring a reset, and `onClose` follows. */
  private checkHalfClosed(probedAt: number, now: number): void {
    const isStalled = this.state.name === 'responding' && now - this.movedAt > HALF_CLOSED_IDLE_MS;
    if (isStalled) return this.fail(CLIENT_GONE, undefined);
    const canProbe = this.state.isRefusable && this.request.httpVersionMinor === 1;
    if (!canProbe || now - probedAt < PROBE_MS) return;
    this.probedAt = now;
    this.response.writeContinue();
  }

  private onDrain(): void {
    this.isHeld = false;
    this.movedAt = this.context.timeouts.now;
    this.attempt?.resume();
  }

  private recordSuccess(): void {
    this.context.breaker.recordSuccess();
    this.isBreakerInformed = true;
  }

  private recordFailure(): void {
    if (!this.isBreakerInformed) this.context.breaker.recordFailure();
    this.isBreakerInformed = true;
  }

  private enter(next: State): void {
    this.state.enter(next);
    this.movedAt = this.context.timeouts.now;
  }

  /** The response has been handed to the kernel, or the client is gone. */
  private onClose(): void {
    const { breaker, share, timeouts, options } = this.context;
    if (!this.isOver) {
      this.refusal = CLIENT_GONE.reason;
      this.attempt?.abort();
      this.body?.destroy();
    }
    this.enter('closed');
    timeouts.delete(this);
    share.leave(this);
    // A request that showed nothing of the upstream leaves the question open.
    if (this.isAdmitted && !this.isBreakerInformed) breaker.recordAbandoned();
    options.onRequestEnd?.(this.record());
  }

  private record(): RequestRecord {
    const { status, refusal, upstream, retries, cause } = this;
    const durationMs = performance.now() - this.arrivedAt;
    return { ...this.forwarded, method: this.request.method!, status, durationMs, refusal, upstream, retries, cause };
  }
}

/** Never sent: there is no client to read it. */
const CLIENT_GONE = { kind: 'request-timeout', detail: '', reason: 'client-gone' } as const satisfies Refusal;

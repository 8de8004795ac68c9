import type { ServerResponse } from 'node:http';
import type { Span } from '#service';
import { admit } from './admission.ts';
import { type ClientEvents, ClientResponse } from './client-response.ts';
import { endExchangeSpan, startExchangeSpan } from './exchange-span.ts';
import type { ForwardedRequest, HookResult } from './forwarded-request.ts';
import { bodyTooLarge } from './limits/body-size.ts';
import type { BreakerPermit } from './limits/breaker-permit.ts';
import { type SlotHolder, type Slot, SLOW_CLIENT } from './limits/fair-share.ts';
import { HalfClosedClient } from './limits/half-closed-client.ts';
import { checkTimeouts } from './limits/timeouts.ts';
import type { ProxyContext } from './proxy-context.ts';
import type { RequestBodyEvents } from './request-body.ts';
import { RequestOutcome } from './request-outcome.ts';
import { RequestState, type State } from './request-state.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { Refusal } from './rules/refusal.ts';
import type { UpstreamHeaders } from './rules/response-headers.ts';
import { runHook } from './run-hook.ts';
import type { AttemptEvents } from './upstream/attempt.ts';
import { INVALID_RESPONSE, type UpstreamError } from './upstream/errors.ts';
import { UpstreamExchange } from './upstream-exchange.ts';
import { upstreamHeaders } from './upstream-headers.ts';

/** Never sent: there is no client to read it. */
const CLIENT_GONE: Refusal = { kind: 'request-timeout', detail: '', reason: 'client-gone' };

/** One request from its header to the end of its response: which event leads to which state of `request-state.ts`. */
export class ProxyRequest implements AttemptEvents, ClientEvents, SlotHolder, RequestBodyEvents {
  private readonly state = new RequestState();
  private readonly outcome = new RequestOutcome();
  private readonly halfClosed = new HalfClosedClient();
  private readonly client: ClientResponse;
  private readonly upstream: UpstreamExchange;
  private readonly startedAt: number;
  private movedAt: number;
  private permit: BreakerPermit | undefined;
  private slot: Slot | undefined;
  private span: Span | undefined;

  constructor(
    private readonly context: ProxyContext,
    private readonly forwarded: ForwardedRequest,
    response: ServerResponse,
  ) {
    this.startedAt = this.movedAt = context.timeouts.now;
    this.client = new ClientResponse(forwarded, response, this);
    this.client.addFields(context.options.responseHeaders ?? []);
    this.upstream = new UpstreamExchange(context, forwarded, this);
  }

  get isOver(): boolean {
    return this.state.isOver;
  }

  /** Forwards the request, unless a limit forbids it. */
  start(): void {
    const refusal = this.admit() ?? this.upstream.takeBody();
    if (refusal) return this.refuse(refusal);
    this.enter('preparing');
    const { beforeForward } = this.context.options;
    if (!beforeForward) return this.forward({});
    runHook(beforeForward, this.forwarded, (outcome) => {
      if (this.state.name !== 'preparing') return; // The client is gone, or the time is up.
      if ('result' in outcome) return this.forward(outcome.result);
      this.outcome.setCause(outcome.cause);
      this.refuse(outcome.refusal);
    });
  }

  onSent(): void {
    this.outcome.setUpstream('no-response');
    this.enter(this.upstream.isUploading ? 'uploading' : 'awaiting');
  }

  onBodyWanted(): void {
    this.client.sendContinue();
  }

  onBodyProgress(): void {
    this.movedAt = this.context.timeouts.now;
  }

  onBodyEnd(): void {
    if (this.state.name === 'uploading') this.enter('awaiting');
  }

  onBodyTooLarge(maxBytes: number): void {
    if (!this.isOver) this.fail(bodyTooLarge(maxBytes), undefined);
  }

  onInformational(status: number, fields: UpstreamHeaders, raw: Readonly<HeaderList>): void {
    this.client.sendInformational(status, fields, raw);
  }

  onResponse(status: number, fields: UpstreamHeaders, statusText: string | undefined): void {
    this.permit?.recordSuccess();
    this.outcome.setUpstream('incomplete');
    try {
      this.client.sendHeader(status, fields, statusText, this.isDraining);
    } catch (error) {
      return this.fail(INVALID_RESPONSE, error);
    }
    this.outcome.setStatus(status);
    this.enter('responding');
  }

  onData(chunk: Buffer): boolean {
    this.movedAt = this.context.timeouts.now;
    return this.client.sendData(chunk);
  }

  onClientReady(): void {
    this.movedAt = this.context.timeouts.now;
    this.upstream.resume();
  }

  onResponseEnd(): void {
    this.outcome.setUpstream('complete');
    this.enter('flushing');
    this.client.end(this.context.limits.lingerMs);
  }

  onUpstreamError(error: UpstreamError, cause: Error, reusedConnection: boolean): void {
    const delayMs = this.upstream.planRetry(error, reusedConnection, this.state.name === 'responding');
    if (delayMs !== undefined) return this.retry(delayMs);
    if (error.isUpstreamFailure) this.permit?.recordFailure();
    this.fail(error, cause);
  }

  onClientEnd(): void {
    this.halfClosed.onClientEnd(this.context.timeouts.now);
  }

  onTick(now: number): void {
    if (this.state.name === 'cut') return;
    const { startedAt, movedAt, waitsForClient } = this;
    const progress = { phase: this.state.phase, startedAt, movedAt, waitsForClient };
    const timeout = checkTimeouts(progress, now, this.context.limits);
    if (timeout?.isUpstreamFailure) this.permit?.recordFailure();
    if (timeout) this.fail(timeout, undefined);
    else if (this.state.name === 'responding' && this.halfClosed.isGone(now, movedAt))
      this.fail(CLIENT_GONE, undefined);
    else if (this.state.isRefusable && this.halfClosed.mustProbe(now)) this.client.probe();
  }

  waitsForClientSince(): number | undefined {
    return this.waitsForClient ? this.movedAt : undefined;
  }

  evict(): void {
    this.fail(SLOW_CLIENT, undefined);
  }

  /** Ends the request with an error response, or, where a response has begun, by cutting it off. */
  fail(refusal: Refusal, cause: unknown): void {
    this.outcome.setCause(cause);
    this.upstream.abort();
    if (this.state.isRefusable) return this.refuse(refusal);
    this.enter('cut');
    this.outcome.setRefusal(refusal);
    this.client.cut();
  }

  refuse(refusal: Refusal): void {
    this.enter('refused');
    this.outcome.setRefusal(refusal);
    const { lingerMs } = this.context.limits;
    this.outcome.setStatus(this.client.sendError(refusal, { lingerMs, close: this.isDraining }));
  }

  onClientClosed(): void {
    const { share, options } = this.context;
    if (!this.isOver) {
      this.outcome.setRefusal(CLIENT_GONE);
      this.upstream.abort();
    }
    this.enter('closed');
    if (this.slot) share.release(this.slot);
    this.permit?.release();
    const record = this.outcome.record(this.forwarded, this.upstream.retries);
    if (this.span) endExchangeSpan(this.span, record);
    options.onRequestEnd?.(record);
  }

  private admit(): Refusal | undefined {
    const { headers, result } = admit(this, this.forwarded, this.context);
    this.client.addFields(headers);
    if ('refusal' in result) return result.refusal;
    this.permit = result.permit;
    this.slot = result.slot;
    return undefined;
  }

  private forward(changes: HookResult): void {
    this.client.addFields(changes.responseHeaders ?? []);
    this.enter('connecting');
    this.span = startExchangeSpan(this.forwarded);
    this.upstream.begin(upstreamHeaders(this.forwarded, changes, this.span));
  }

  private retry(delayMs: number): void {
    this.enter('connecting');
    setTimeout(() => {
      if (this.state.name !== 'connecting') return; // The client is gone, or the time is up.
      this.enter('connecting');
      this.upstream.repeat();
    }, delayMs);
  }

  private enter(next: State): void {
    this.state.enter(next);
    this.movedAt = this.context.timeouts.now;
  }

  private get isDraining(): boolean {
    return this.context.options.isDraining?.() ?? false;
  }

  private get waitsForClient(): boolean {
    if (this.state.name === 'uploading') return this.upstream.waitsForClient;
    if (this.state.name === 'responding') return this.client.isHeld;
    return this.state.phase === 'flushing';
  }
}

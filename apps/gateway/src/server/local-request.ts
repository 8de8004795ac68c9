import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { paths } from '#runtime';
import { pathOf } from '#service';
import { sendErrorResponse } from '../proxy/error-response.ts';
import type { ForwardedRequest } from '../proxy/forwarded-request.ts';
import { type FairShare, type SlotHolder, SLOW_CLIENT } from '../proxy/limits/fair-share.ts';
import { HalfClosedClient } from '../proxy/limits/half-closed-client.ts';
import type { Limits } from '../proxy/limits/limits.ts';
import type { TimeoutChecker } from '../proxy/limits/timeout-checker.ts';
import { hasBody } from '../proxy/request-body.ts';
import type { Refusal } from '../proxy/rules/refusal.ts';
import type { ServerRequest } from '../proxy/rules/server-request.ts';
import type { ActiveRequest } from './client-connection.ts';

export interface LocalContext {
  readonly limits: Limits;
  /** Slots for requests in progress, those of forwarded requests included. */
  readonly share: FairShare;
  readonly timeouts: TimeoutChecker;
  readonly options: { readonly principalOf?: ((request: IncomingMessage) => string | undefined) | undefined };
}

const SLOW_BODY: Refusal = {
  kind: 'request-timeout',
  detail: 'The request body did not arrive in time. Send the whole request again.',
  reason: 'slow-body',
  close: true,
};

const HEALTH_CHECKS: ReadonlySet<string> = new Set([paths.live, paths.ready, paths.health]);

/** What a load balancer or a monitor asks. None of them sends a body, which could be slow. */
const isHealthCheck = (request: ServerRequest, target: string): boolean =>
  HEALTH_CHECKS.has(pathOf(target)) && !hasBody(request);

/** A request that the gateway's own application serves: it takes a slot among the requests in progress and must come to its end. */
export class LocalRequest implements ActiveRequest, SlotHolder {
  private readonly startedAt: number;
  private bytesWritten = 0;
  private movedAt: number;
  private readonly halfClosed = new HalfClosedClient();

  constructor(
    private readonly context: LocalContext,
    private readonly forwarded: ForwardedRequest,
    private readonly response: ServerResponse,
  ) {
    this.startedAt = this.movedAt = context.timeouts.now;
  }

  get isOver(): boolean {
    return this.response.writableEnded;
  }

  /** @returns why it is not served. Health checks always are: a load balancer must not replace a gateway that is only overloaded. */
  admit(): Refusal | undefined {
    const { share, options } = this.context;
    const { request, target, client } = this.forwarded;
    if (!isHealthCheck(request, target)) {
      const acquired = share.acquire(this, { ...client, principal: options.principalOf?.(request) });
      if ('refusal' in acquired) return acquired.refusal;
      this.response.on('close', () => share.release(acquired.slot));
    }
    return undefined;
  }

  serve(application: RequestListener): void {
    const { request, target, trace } = this.forwarded;
    request.url = target;
    // The application takes both as given by a trusted proxy.
    request.headers['x-request-id'] = trace.requestId;
    request.headers.traceparent = trace.traceparent;
    this.response.setHeader('traceparent', trace.traceparent);
    if (request.headers.expect !== undefined) this.response.writeContinue();
    application(request, this.response);
  }

  fail(refusal: Refusal): void {
    const { request, trace } = this.forwarded;
    if (this.response.headersSent) return void request.socket.destroy();
    const headers = ['x-request-id', trace.requestId, 'traceparent', trace.traceparent];
    // The application may still wait for the body, and only an error shows it that none will come.
    request.socket.once('close', () => request.destroy(new Error(refusal.detail)));
    for (const name of this.response.getHeaderNames()) this.response.removeHeader(name);
    sendErrorResponse(request, this.response, {
      refusal,
      requestId: trace.requestId,
      headers,
      lingerMs: 0,
      close: true,
    });
  }

  onClientEnd(): void {
    this.halfClosed.onClientEnd(this.context.timeouts.now);
  }

  waitsForClientSince(): number | undefined {
    const { request } = this.forwarded;
    return !request.complete || request.socket.writableLength > 0 ? this.startedAt : undefined;
  }

  evict(): void {
    this.fail(SLOW_CLIENT);
  }

  onTick(now: number): void {
    const { limits } = this.context;
    const { request } = this.forwarded;
    if (!request.complete && now - this.startedAt > limits.ownBodyMs) return this.fail(SLOW_BODY);
    if (request.socket.writableLength === 0 && !this.halfClosed.hasEnded) this.movedAt = now;
    if (request.socket.bytesWritten !== this.bytesWritten) this.movedAt = now;
    this.bytesWritten = request.socket.bytesWritten;
    const isGone = this.response.headersSent && this.halfClosed.isGone(now, this.movedAt);
    const isSlow = now - this.movedAt > limits.idleBodyMs || now - this.startedAt > limits.requestMs;
    if (isGone || isSlow) request.socket.destroy();
  }
}

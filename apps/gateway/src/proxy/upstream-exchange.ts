import type { ForwardedRequest } from './forwarded-request.ts';
import { bodyTooLarge, maxBodyBytesOf } from './limits/body-size.ts';
import type { Limits } from './limits/limits.ts';
import type { RetryBudget } from './limits/retry-budget.ts';
import { isRetryable, retryDelayMs } from './limits/retry-policy.ts';
import { hasBody, RequestBody, type RequestBodyEvents } from './request-body.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { Refusal } from './rules/refusal.ts';
import { Attempt, type AttemptEvents } from './upstream/attempt.ts';
import type { UpstreamError } from './upstream/errors.ts';
import type { UpstreamPool } from './upstream/pool.ts';

export interface ExchangeContext {
  readonly limits: Limits;
  readonly pool: UpstreamPool;
  readonly retries: RetryBudget;
}

/** The upstream's side of a forwarded request: its body, and the attempts to get a response. */
export class UpstreamExchange {
  private headers: HeaderList = [];
  private body: RequestBody | undefined;
  private attempt: Attempt | undefined;
  private retryCount = 0;

  constructor(
    private readonly context: ExchangeContext,
    private readonly forwarded: ForwardedRequest,
    private readonly events: AttemptEvents & RequestBodyEvents,
  ) {}

  /** Attempts beyond the first. */
  get retries(): number {
    return this.retryCount;
  }

  /** Whether some of the request's body has not gone up. */
  get isUploading(): boolean {
    return this.body !== undefined && !this.body.isComplete;
  }

  /** Whether the next byte of the body is awaited from the client. */
  get waitsForClient(): boolean {
    return this.body?.waitsForClient ?? false;
  }

  /** Takes the request's body, where it has one. @returns why it is refused */
  takeBody(): Refusal | undefined {
    const { request, target } = this.forwarded;
    if (!hasBody(request)) return undefined;
    const maxBytes = maxBodyBytesOf(target, this.context.limits);
    if (Number(request.headers['content-length']) > maxBytes) return bodyTooLarge(maxBytes);
    this.body = new RequestBody(request, this.events, { maxBytes, keep: this.hasIdempotencyKey });
    return undefined;
  }

  /** The first attempt. */
  begin(headers: HeaderList): void {
    this.headers = headers;
    this.send();
  }

  /** Another attempt, with the body from its first byte. */
  repeat(): void {
    this.send();
  }

  /** Prepares another attempt where one is allowed. @returns in how many milliseconds it may begin; undefined: never */
  planRetry(error: UpstreamError, reusedConnection: boolean, responseBegun: boolean): number | undefined {
    const attempt = {
      method: this.forwarded.request.method,
      hasIdempotencyKey: this.hasIdempotencyKey,
      retries: this.retries,
      reusedConnection,
      responseBegun,
      bodyRepeatable: this.body?.isRepeatable ?? true,
    };
    if (!isRetryable(attempt, error) || !this.context.retries.withdraw()) return undefined;
    this.retryCount++;
    this.body = this.body?.forNextAttempt();
    return retryDelayMs(error);
  }

  /** The client can take more of the response. */
  resume(): void {
    this.attempt?.resume();
  }

  abort(): void {
    this.attempt?.abort();
    this.body?.destroy();
  }

  private send(): void {
    const { request, target } = this.forwarded;
    this.attempt = new Attempt(this.events);
    const options = { path: target, method: request.method, headers: this.headers, body: this.body ?? null };
    this.context.pool.dispatch(options, this.attempt);
  }

  private get hasIdempotencyKey(): boolean {
    return this.forwarded.request.headers['idempotency-key'] !== undefined;
  }
}

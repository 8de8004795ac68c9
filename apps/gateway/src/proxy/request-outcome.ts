import type { ForwardedRequest, RequestRecord } from './forwarded-request.ts';
import type { Refusal } from './rules/refusal.ts';

/** Collects what is logged and measured of a request. */
export class RequestOutcome {
  private readonly arrivedAt = performance.now();
  private status = 0;
  private refusal: string | undefined;
  private upstream: RequestRecord['upstream'] = 'not-sent';
  private cause: unknown;

  /** The client has been sent this status. */
  setStatus(status: number): void {
    this.status = status;
  }

  setUpstream(progress: RequestRecord['upstream']): void {
    this.upstream = progress;
  }

  setRefusal(refusal: Refusal): void {
    this.refusal = refusal.reason ?? refusal.kind;
  }

  setCause(cause: unknown): void {
    this.cause = cause;
  }

  /** At the end of the request. @param retries attempts beyond the first */
  record(forwarded: ForwardedRequest, retries: number): RequestRecord {
    const { status, refusal, upstream, cause } = this;
    const durationMs = performance.now() - this.arrivedAt;
    return { ...forwarded, method: forwarded.request.method, status, durationMs, refusal, upstream, retries, cause };
  }
}

import type { UpstreamError } from '../upstream/errors.ts';

/** A refused connection would be refused again at once, in milliseconds. */
const RETRY_PAUSE_MS = 30;

/** A request whose attempt failed. */
export interface FailedAttempt {
  readonly method: string;
  readonly hasIdempotencyKey: boolean;
  /** Attempts beyond the first. */
  readonly retries: number;
  /** The connection had carried another request before. */
  readonly reusedConnection: boolean;
  readonly responseBegun: boolean;
  /** The request has no body, or its body can be sent from its first byte. */
  readonly bodyRepeatable: boolean;
}

/**
 * Whether a failed attempt may be repeated: only where the upstream cannot have acted on it. That is so where no connection
 * was made, and, for a repeatable request, where a reused connection broke without a response: it was closed already.
 */
export function isRetryable(attempt: FailedAttempt, error: UpstreamError): boolean {
  if (attempt.retries > 0 || attempt.responseBegun || !attempt.bodyRepeatable) return false;
  if (error.kind === 'gateway-timeout') return false; // The time for the connection is used up.
  if (!error.sent) return error.retryable;
  return error.retryable && attempt.reusedConnection && (isSafe(attempt.method) || attempt.hasIdempotencyKey);
}

/** Where a reused connection was closed, a new one can be opened at once. */
export const retryDelayMs = ({ sent }: UpstreamError): number => (sent ? 0 : RETRY_PAUSE_MS);

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

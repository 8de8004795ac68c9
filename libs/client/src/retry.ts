export interface RetryOptions {
  /** How often a request is sent at most. Default: 8. */
  maxAttempts?: number;
  /** A response that asks to wait for longer is final, in seconds. Default: 60. */
  maxRetryAfter?: number;
  /** How long an attempt may take until its response begins, in milliseconds. Default: 60,000. */
  timeoutMs?: number;
}

const [FIRST_DELAY_MS, MAX_DELAY_MS] = [500, 30_000];

/** Refused before anything was done, or (409 with `Retry-After`) still being done under the same idempotency key. */
const REFUSED = new Set([409, 429, 503]);
/** Whether anything was done is not known. */
const UNKNOWN = new Set([502, 504]);

/** Writes whose repetition is not the same: they have no idempotency key, and use up what they are sent. */
export const NOT_REPEATABLE = [
  '/api/v1/sessions/refresh',
  '/api/v1/account/password',
  '/api/v1/account/totp',
  '/api/v1/account/totp/confirm',
  '/api/v1/account/totp/disable',
  '/api/v1/password-resets/confirm',
];

/** Whether a request may be sent again where it is not known whether it took effect. */
export const isRepeatable = ({ method, url }: Request): boolean =>
  method === 'GET' || (method === 'POST' && !NOT_REPEATABLE.some((path) => new URL(url).pathname.endsWith(path)));

/** @param response undefined: there was none @returns milliseconds to wait before the next attempt; undefined: the response is final */
export function delayBefore(
  attempt: number,
  request: Request,
  response: Response | undefined,
  { maxAttempts = 8, maxRetryAfter = 60 }: RetryOptions,
): number | undefined {
  if (attempt > maxAttempts) return undefined;
  if (!response) return isRepeatable(request) ? backoff(attempt) : undefined;
  const { status, headers } = response;
  const after = retryAfter(headers.get('retry-after'));
  const mayRepeat = REFUSED.has(status) || (UNKNOWN.has(status) && isRepeatable(request));
  if (!mayRepeat || (status === 409 && after === undefined)) return undefined;
  if (after === undefined) return backoff(attempt);
  // Later than it asks for by up to a quarter, so that not all clients come back at once.
  return after > maxRetryAfter ? undefined : after * 1000 * (1 + Math.random() / 4);
}

const backoff = (attempt: number): number =>
  Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 2)) * (0.5 + Math.random() / 2);

/** Seconds, or a date (RFC 9110 §10.2.3). */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Waits. Ends at once with the signal's reason where it is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

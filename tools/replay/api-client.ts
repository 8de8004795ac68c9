import { setTimeout as sleep } from 'node:timers/promises';

export interface Credentials {
  apiKey?: string;
  email?: string;
  password?: string;
}

export interface ApiResponse<T> {
  body: T;
  /** The API had answered this request before, and answered the same again. */
  replayed: boolean;
}

/** How often a request is sent at most, and how long is waited before the next time where the API names no time, in ms. */
const MAX_ATTEMPTS = 30;
const RETRY_DELAY_MS = 1_000;

/** Speaks to the API. Only what is safe to repeat is sent through it: reads, and writes with an idempotency key. */
export class ApiClient {
  private readonly base: string;
  private readonly credentials: Credentials;
  private token: Promise<string> | undefined;

  /** @param url where the API, or a gateway in front of it, answers */
  constructor(url: string, credentials: Credentials) {
    this.base = `${url.replace(/\/+$/, '')}/api/v1`;
    this.credentials = credentials;
  }

  get<T>(path: string): Promise<ApiResponse<T>> {
    return this.send('GET', path);
  }

  post<T>(path: string, key: string, body: string, contentType = 'application/json'): Promise<ApiResponse<T>> {
    return this.send('POST', path, { body, headers: { 'content-type': contentType, 'idempotency-key': key } });
  }

  /** @throws Error with the problem's own words, where the API refuses */
  private async send<T>(method: string, path: string, request: { body?: string; headers?: object } = {}) {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      this.token ??= this.signIn();
      const token = await this.token;
      const headers = { ...request.headers, authorization: `Bearer ${token}` };
      const response = await fetch(this.base + path, { method, body: request.body, headers }).catch(
        (error: Error) => error,
      );
      if (response instanceof Error) {
        if (attempt === MAX_ATTEMPTS)
          throw new Error(`${method} ${path}: ${networkErrorMessage(response)}`, { cause: response });
        await sleep(RETRY_DELAY_MS);
        continue;
      }
      if (response.ok) {
        const replayed = response.headers.get('idempotency-replayed') === 'true';
        return { body: (await response.json()) as T, replayed } satisfies ApiResponse<T>;
      }
      const text = await response.text();
      const wait = response.status === 401 && !renewed ? this.discardToken(token) : retryDelayMs(response);
      renewed ||= response.status === 401;
      if (wait === undefined || attempt === MAX_ATTEMPTS)
        throw responseError(`${method} ${path}`, response.status, text);
      await sleep(wait);
    }
  }

  private async signIn(): Promise<string> {
    const { apiKey, email, password } = this.credentials;
    if (apiKey !== undefined) return apiKey;
    const response = await fetch(`${this.base}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    }).catch((error: Error) => {
      throw new Error(`${this.base}: ${networkErrorMessage(error)}`, { cause: error });
    });
    if (!response.ok) throw responseError('Signing in', response.status, await response.text());
    return ((await response.json()) as { accessToken: string }).accessToken;
  }

  /** An access token ends after a while; the next request signs in again, unless another one has. */
  private discardToken(token: string): number | undefined {
    if (this.credentials.apiKey !== undefined) return undefined;
    void this.token?.then((current) => (current === token ? (this.token = undefined) : undefined));
    return 0;
  }
}

/** How long the API asks to wait, in ms (`Retry-After`, RFC 9110 §10.2.3), or undefined where waiting does not help. */
function retryDelayMs({ status, headers }: Response): number | undefined {
  const after = headers.get('retry-after');
  if (after === null) return [429, 502, 503, 504].includes(status) ? RETRY_DELAY_MS : undefined;
  return /^\d+$/.test(after) ? Number(after) * 1000 : Math.max(Date.parse(after) - Date.now(), 0) || RETRY_DELAY_MS;
}

const networkErrorMessage = ({ message, cause }: Error): string => (cause instanceof Error ? cause.message : message);

function responseError(what: string, status: number, text: string): Error {
  return new Error(`${what} was answered with ${status}: ${text.slice(0, 1000)}`);
}

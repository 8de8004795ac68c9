import { delayBefore, type RetryOptions, sleep } from './retry.ts';

/** An API key, an access token, or what gets one: it is called again after a 401. */
export type Token = string | (() => Promise<string>);

/** Sends requests as one caller: with a token, an idempotency key, and again where that is safe and may help. */
export class Sender {
  private token: Promise<string> | undefined;
  private readonly credential: Token | undefined;
  private readonly options: RetryOptions;

  constructor(credential: Token | undefined, options: RetryOptions) {
    this.credential = credential;
    this.options = options;
  }

  /** @throws TypeError where the last attempt got no response; the reason of the request's signal */
  send = async (request: Request): Promise<Response> => {
    // Each attempt has this key, so that the write takes effect once.
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
    for (let attempt = 1, isRenewed = false; ; attempt++) {
      const token = await (this.token ??= this.currentToken());
      if (token !== '') request.headers.set('authorization', `Bearer ${token}`);
      let failure: unknown;
      const response = await this.attempt(request).catch((error: unknown) => void (failure = error));
      request.signal.throwIfAborted();
      let delay: number | undefined;
      if (response?.status === 401 && typeof this.credential === 'function' && !isRenewed) {
        isRenewed = true;
        // Unless another request has renewed it meanwhile.
        if ((await this.token) === token) this.token = undefined;
        delay = 0;
      } else delay = delayBefore(attempt + 1, request, response || undefined, this.options);
      if (delay === undefined) {
        if (!response) throw failure;
        return response;
      }
      await response?.body?.cancel();
      await sleep(delay, request.signal);
    }
  };

  private async attempt(request: Request): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error('No response in time.')), this.options.timeoutMs ?? 60_000);
    try {
      return await fetch(request.clone(), { signal: AbortSignal.any([request.signal, late.signal]) });
    } finally {
      clearTimeout(timer);
    }
  }

  private currentToken(): Promise<string> {
    const { credential } = this;
    if (typeof credential !== 'function') return Promise.resolve(credential ?? '');
    const token = credential();
    // A failure is not kept: the next request asks again.
    token.catch(() => (this.token = undefined));
    return token;
  }
}

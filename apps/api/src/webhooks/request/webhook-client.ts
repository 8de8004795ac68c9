import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';
import { Agent, type Dispatcher } from 'undici';
import { VERSION } from '#service';
import { AddressPolicy } from './address-policy.ts';
import { createConnector, TargetRefused } from './connector.ts';

/** How long a request may take, from the first DNS query to the last byte that is read of the response. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** What is read of a response, so that its connection can be used again; with more, the connection is closed. */
const MAX_RESPONSE_BYTES = 64 * 1024;
const MAX_REASON = 300;

export const RESOLVER = Symbol('resolver of webhooks');

class TimedOut extends Error {}

/** What came of a request. */
export interface RequestResult {
  isDelivered: boolean;
  /** Null: there was no response. */
  status: number | null;
  /** Why it is not delivered, or null. */
  reason: string | null;
  durationMs: number;
  /** What the receiver asks for by `Retry-After`, in seconds. */
  retryAfter: number | undefined;
}

/** Sends the requests of webhooks: to public addresses, without following redirects, with bounded time and memory. */
@Injectable()
export class WebhookClient implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(policy: AddressPolicy, @Inject(RESOLVER) resolver: Resolver) {
    this.agent = new Agent({ connect: createConnector(policy, resolver), pipelining: 1 });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** Never throws. @param stop aborts it; the result is then of no meaning */
  async post(url: string, headers: Record<string, string>, body: string, stop: AbortSignal): Promise<RequestResult> {
    const startedAt = performance.now();
    const ending = new AbortController();
    const abort = () => ending.abort();
    const timer = setTimeout(() => ending.abort(new TimedOut()), REQUEST_TIMEOUT_MS);
    stop.addEventListener('abort', abort);
    if (stop.aborted) abort();
    const result = await this.send(url, headers, body, ending.signal).catch((error: Error) => failureOf(error));
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
    return { ...result, durationMs: Math.round(performance.now() - startedAt) };
  }

  private async send(url: string, headers: Record<string, string>, body: string, signal: AbortSignal) {
    const response = await this.agent.request({
      origin: new URL(url).origin,
      path: new URL(url).pathname + new URL(url).search,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': `Stockroom-Webhooks/${VERSION}`, ...headers },
      body,
      signal,
    });
    // The status decides. What is wrong with the body, even that it never ends, changes nothing.
    await response.body.dump({ limit: MAX_RESPONSE_BYTES, signal }).catch(() => undefined);
    return resultOf(response);
  }
}

function resultOf({ statusCode, headers }: Dispatcher.ResponseData) {
  const isDelivered = statusCode >= 200 && statusCode < 300;
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return {
    isDelivered,
    status: statusCode,
    reason: isDelivered ? null : `The response was ${statusCode}${isRedirect ? '; redirects are not followed' : ''}.`,
    retryAfter: secondsOf(headers['retry-after']),
  };
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function secondsOf(header: string | string[] | undefined): number | undefined {
  const text = String(header ?? '');
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}

const failureOf = (error: Error) => ({
  isDelivered: false,
  status: null,
  reason: reasonOf(error).slice(0, MAX_REASON),
  retryAfter: undefined,
});

function reasonOf(error: Error & { code?: string }): string {
  if (error instanceof TargetRefused) return error.message;
  if (error instanceof TimedOut) return `There was no response within ${REQUEST_TIMEOUT_MS / 1000} s.`;
  return `The request failed: ${error.code ?? error.name}.`;
}

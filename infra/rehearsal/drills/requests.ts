import { request, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import type { DrillContext } from './support.ts';

const TIMEOUT_MS = 30_000;

export interface Outcome {
  /** Undefined where the connection ended without a response. */
  status?: number;
  body: string;
  /** Whether a 503 says when to come back. */
  hasRetryAfter: boolean;
  /** Such as `ECONNRESET`. */
  error?: string;
}

/** One request to the deployed system, by the public load balancer's name. */
export async function send(
  context: DrillContext,
  path: string,
  options: RequestOptions = {},
  body?: string,
): Promise<Outcome> {
  const { outcome, wasClosedWhileIdle } = await attempt(context, path, options, body);
  // RFC 9112, 9.3.1: as browsers do where the server has closed the connection while it was idle.
  return wasClosedWhileIdle ? (await attempt(context, path, options, body)).outcome : outcome;
}

interface Attempt {
  outcome: Outcome;
  wasClosedWhileIdle: boolean;
}

function attempt(
  { rehearsal, url }: DrillContext,
  path: string,
  options: RequestOptions,
  body?: string,
): Promise<Attempt> {
  return new Promise((done) => {
    const sent = request(url + path, {
      // Each new connection looks the name up again.
      lookup: (name, _, found) => found(null, (rehearsal.addressesOf(name) ?? []).map((address) => ({ address, family: 4 }))), // prettier-ignore
      ...options,
    });
    const failed = ({ code, message }: NodeJS.ErrnoException) =>
      done({
        outcome: { body: '', hasRetryAfter: false, error: code ?? message },
        wasClosedWhileIdle: sent.reusedSocket && code === 'ECONNRESET',
      });
    sent.on('error', failed);
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error('TIMEOUT')));
    sent.on('response', (response) => {
      const { statusCode: status, headers } = response;
      const hasRetryAfter = headers['retry-after'] !== undefined;
      text(response).then((said) => done({ outcome: { status: status!, body: said, hasRetryAfter }, wasClosedWhileIdle: false }), failed); // prettier-ignore
    });
    sent.end(body);
  });
}

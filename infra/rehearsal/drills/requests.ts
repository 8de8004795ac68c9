import { request, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';

const TIMEOUT_MS = 30_000;

/** The deployed system, and who knows its names. */
export interface Destination {
  url: string;
  rehearsal: { addressesOf(name: string): string[] | undefined };
}

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
  context: Destination,
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
  { rehearsal, url }: Destination,
  path: string,
  options: RequestOptions,
  body?: string,
): Promise<Attempt> {
  return new Promise((done) => {
    const sent = request(url + path, {
      // Each new connection looks the name up again.
      lookup: (name, { all }, found) => {
        const [first, ...others] = rehearsal.addressesOf(name) ?? [];
        if (first === undefined) found(Object.assign(new Error(`${name} is unknown`), { code: 'ENOTFOUND' }), '');
        // Node asks for one where a connection comes from an address that is given.
        else if (!all) found(null, first, 4);
        else
          found(
            null,
            [first, ...others].map((address) => ({ address, family: 4 })),
          );
      },
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
      text(response).then(
        (said) => done({ outcome: { status: status!, body: said, hasRetryAfter }, wasClosedWhileIdle: false }),
        failed,
      );
    });
    sent.end(body);
  });
}

import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './requests.ts';
import type { DrillContext } from './support.ts';

const RENEWED_AFTER_MS = 5 * 60_000;

export interface LoadOptions {
  /** Clients that send one request after the other, half of them on a connection of their own each time. */
  clients?: number;
  pauseMs?: number;
  /** Signed in as the admin, a list that reads the database; else a public route. */
  signedIn?: boolean;
  /** Where the clients' connections come from, in turn. */
  addresses?: string[];
}

export interface LoadResult {
  requests: number;
  /** Those with the response that was asked for. */
  succeeded: number;
  /** Status or error code → how often. */
  failures: Record<string, number>;
  /** When the first and the last of them were sent. */
  failed?: { from: number; to: number };
  /** 503 that say when to come back. */
  unavailable: number;
}

/**
 * Runs `work` while clients send requests through the public load balancer to the API.
 * A failure is another status than expected, or a connection that ends without a response.
 */
export async function underLoad(
  context: DrillContext,
  work: (soFar: LoadResult) => Promise<void>,
  { clients = 4, pauseMs = 100, signedIn = true, addresses = [] }: LoadOptions = {},
): Promise<LoadResult> {
  const path = signedIn ? '/api/v1/items?limit=1' : '/api/problems/not-found';
  const headers: () => Promise<Record<string, string>> = signedIn ? await session(context) : () => Promise.resolve({});
  const result: LoadResult = { requests: 0, succeeded: 0, failures: {}, unavailable: 0 };
  let isOver = false;
  const client = async (n: number) => {
    const agent = n % 2 ? new Agent({ keepAlive: true }) : false;
    const localAddress = addresses[n % addresses.length];
    while (!isOver) {
      const options = { agent, headers: await headers(), localAddress };
      const sentAt = Date.now();
      const { status, error, body, hasRetryAfter } = await send(context, path, options);
      result.requests += 1;
      if (status === 503 && hasRetryAfter) result.unavailable += 1;
      // The limit on one address’s requests is met without a session.
      else if (status === 200 || (status === 429 && !signedIn)) result.succeeded += 1;
      else {
        const failure = error ?? `${status} ${reasonIn(body)}`;
        result.failures[failure] = (result.failures[failure] ?? 0) + 1;
        const { from, to } = result.failed ?? { from: sentAt, to: sentAt };
        result.failed = { from: Math.min(from, sentAt), to: Math.max(to, sentAt) };
      }
      await sleep(pauseMs);
    }
    if (agent) agent.destroy();
  };
  const load = Promise.all(Array.from({ length: clients }, (_, n) => client(n)));
  try {
    await work(result);
  } finally {
    isOver = true;
  }
  await load;
  return result;
}

/** The gateway and the API say why in a problem (RFC 9457); the load balancer does not. */
function reasonIn(body: string): string {
  if (!body.startsWith('{')) return 'of the load balancer';
  const { title, detail } = JSON.parse(body) as { title?: string; detail?: string };
  return `"${detail ?? title}"`;
}

/** The admin's. Its access token is renewed long before it expires: a drill can last longer than a token. */
async function session(context: DrillContext): Promise<() => Promise<{ authorization: string }>> {
  const { output } = await context.command.run('password', [context.environment]);
  const credentials = { email: 'admin@stockroom.example', password: output.trim().split('\n').at(-1) };
  const signIn = async () => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const { status, body } = await send(context, '/api/v1/sessions', options, JSON.stringify(credentials));
    if (status !== 201 && status !== 200) throw new Error(`The admin cannot sign in: ${status} ${body}`);
    return { authorization: `Bearer ${(JSON.parse(body) as { accessToken: string }).accessToken}` };
  };
  let [current, since] = [await signIn(), Date.now()];
  return async () => {
    if (Date.now() - since < RENEWED_AFTER_MS) return current;
    since = Date.now();
    // While the database is unavailable signing in fails; the present token still serves.
    current = await signIn().catch(() => current);
    return current;
  };
}

export const hasFailed = ({ failures }: LoadResult): boolean => Object.keys(failures).length > 0;

/** Not even asked one to come back. */
export const hasServed = (load: LoadResult): boolean => !hasFailed(load) && load.unavailable === 0;

export function said({
  requests,
  failures,
  failed: { from, to } = { from: 0, to: 0 },
  unavailable,
}: LoadResult): string {
  const failed = Object.entries(failures).map(([what, count]) => `${count} × ${what}`);
  const refused = unavailable > 0 ? `, ${unavailable} × 503 with Retry-After` : '';
  return `${requests} requests, ${failed.length > 0 ? `failed within ${((to - from) / 1000).toFixed(1)} s: ${failed.join(', ')}` : '0 failed'}${refused}`;
}

import createClient from 'openapi-fetch';
import { signedInAgain } from '../session/expiry.ts';
import type { components, paths } from './openapi.d.ts';
import { AwayError, problemFrom } from './problem.ts';
import { noteReachable, saysAway } from './reachability.ts';

export type Schema = components['schemas'];

/** A stale answer of the browser's cache is checked by its ETag first: nothing of ours says how long it stays fresh. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

/** Where the session has ended, the person signs in on top of the page, and what was asked for is asked once more. */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await exchange(request);
  if (response.status !== 401) return response;
  await signedInAgain();
  return exchange(again);
}

async function exchange(request: Request): Promise<Response> {
  const response = await fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    noteReachable(false);
    throw new AwayError('no answer', { cause: error });
  });
  noteReachable(!saysAway(response));
  if (saysAway(response)) throw new AwayError(`status ${response.status}`);
  return response;
}

interface Answer<T> {
  data?: T;
  /** The body of an answer that is none. */
  error?: unknown;
  response: Response;
}

/**
 * What was asked for.
 * @throws ApiProblem  where the answer is one
 * @throws AwayError   where there is none
 */
export async function answerOf<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}

/** The strong ETag of a resource, which is made from its version. */
export const ifMatch = ({ version }: { version: number }): { 'If-Match': string } => ({ 'If-Match': `"${version}"` });

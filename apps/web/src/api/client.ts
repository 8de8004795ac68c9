import createClient from 'openapi-fetch';
import type { paths, Schema } from '../../../../libs/client/src/index.ts';
import { waitForSignIn } from '../session/expiry.ts';
import { NetworkError, problemFrom } from './problem.ts';
import { reportReachable, isUnavailable } from './reachability.ts';

export type { Schema };

/** The browser's cache revalidates responses by their ETag: none of them says how long it stays fresh. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchWithSignIn });

/** Where the session has ended, the person signs in on top of the page, and what was asked for is asked once more. */
export async function fetchWithSignIn(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetchReachable(request);
  if (response.status !== 401) return response;
  await waitForSignIn();
  return fetchReachable(again);
}

async function fetchReachable(request: Request): Promise<Response> {
  const response = await fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error;
    reportReachable(false);
    throw new NetworkError('no response', { cause: error });
  });
  reportReachable(!isUnavailable(response));
  if (isUnavailable(response)) throw new NetworkError(`status ${response.status}`);
  return response;
}

interface FetchResult<T> {
  data?: T;
  /** The body of an error response. */
  error?: unknown;
  response: Response;
}

/**
 * What was asked for.
 * @throws ApiProblem  where the response is one
 * @throws NetworkError   where there is none
 */
export async function responseData<T>(asked: Promise<FetchResult<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}

/** The strong ETag of a resource, which is made from its version. */
export const ifMatch = ({ version }: { version: number }): { 'If-Match': string } => ({ 'If-Match': `"${version}"` });

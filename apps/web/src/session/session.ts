import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Schema } from '../api/client.ts';
import { NetworkError, readProblem } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';
import { reportReachable, isUnavailable } from '../api/reachability.ts';

export type User = Schema['User'];
export type Role = User['role'];

/** From the least to the most: each may do all that those before it may. */
const RANKS: readonly Role[] = ['viewer', 'operator', 'admin'];

/** The gateway's own resource: the tokens are in its cookies, which no script can read. */
async function requestSession(init?: RequestInit): Promise<Response> {
  const response = await fetch('/session', init).catch((error: unknown) => {
    reportReachable(false);
    throw new NetworkError('no response', { cause: error });
  });
  if (isUnavailable(response)) reportReachable(false);
  if (isUnavailable(response)) throw new NetworkError(`status ${response.status}`);
  if (!response.ok) throw await readProblem(response);
  return response;
}

const parseUser = async (response: Response) => ((await response.json()) as { user: User | null }).user;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => parseUser(await requestSession({ cache: 'no-store' })),
  staleTime: Infinity,
});

/** @returns who that is */
export async function signIn(credentials: { email: string; password: string; code?: string }): Promise<User> {
  const headers = { 'content-type': 'application/json' };
  const response = await requestSession({ method: 'POST', headers, body: JSON.stringify(credentials) });
  const { user } = (await response.json()) as { user: User };
  queryClient.setQueryData(sessionQuery.queryKey, user);
  return user;
}

/** What one person has seen is not left for the next. */
export async function signOut(): Promise<void> {
  await requestSession({ method: 'DELETE' });
  location.assign('/sign-in');
}

/** The signed-in person. Only below the shell, which requires a session. */
export function useUser(): User {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('No one is signed in here.');
  return data;
}

export const may = (role: Role, needed: Role): boolean => RANKS.indexOf(role) >= RANKS.indexOf(needed);

/** Whether the person may do what needs this role: what they may not do is not shown. */
export const useMay = (needed: Role): boolean => may(useUser().role, needed);

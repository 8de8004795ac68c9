import { infiniteQueryOptions } from '@tanstack/react-query';
import { responseData, api, type Schema } from '../../api/client.ts';
import { live } from '../../api/live/live-updates.ts';
import type { Role, User } from '../../session/session.ts';
import { shell } from '../../texts/shell.ts';
import { peopleTexts } from '../../texts/people.ts';

export type ApiKey = Schema['ApiKey'];

const LIMIT = 100;
const next = ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined;

export const peopleQuery = infiniteQueryOptions({
  queryKey: ['users'],
  queryFn: ({ signal, pageParam: cursor }) =>
    responseData(api.GET('/api/v1/users', { params: { query: { limit: LIMIT, ...(cursor && { cursor }) } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: next,
  meta: live('user').meta,
});

/** The newest first. */
export const keysQuery = infiniteQueryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal, pageParam: cursor }) =>
    responseData(
      api.GET('/api/v1/api-keys', {
        params: { query: { limit: LIMIT, sort: '-createdAt', ...(cursor && { cursor }) } },
        signal,
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: next,
  meta: live('api-key').meta,
});

export const readPerson = (id: string): Promise<User> =>
  responseData(api.GET('/api/v1/users/{id}', { params: { path: { id } } }));

/** With what each may do. */
export const roleChoices = (['viewer', 'operator', 'admin'] as const satisfies Role[]).map((role) => ({
  value: role,
  label: `${shell.roles[role]}: ${peopleTexts.roles[role]}`,
}));

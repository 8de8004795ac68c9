import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, responseData, type Schema } from '../../api/client.ts';
import { live, POLL_MS } from '../../api/live/live-updates.ts';

export type Webhook = Schema['Webhook'];
export type Delivery = Schema['WebhookDelivery'];

const LIMIT = 50;
/** How often the log is read again while a delivery that a person asked for is on its way. */
const QUEUED_POLL_MS = 500;
const next = ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined;

export const webhooksQuery = infiniteQueryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal, pageParam: cursor }) =>
    responseData(
      api.GET('/api/v1/webhooks', { params: { query: { limit: LIMIT, ...(cursor && { cursor }) } }, signal }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: next,
  ...live('webhook'),
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } }, signal })),
    // How far it is, and whether it fails, is in no event.
    refetchInterval: POLL_MS,
    meta: live('webhook').meta,
  });

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: ({ signal, pageParam: cursor }) =>
      responseData(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { limit: LIMIT, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((one) => one.state === 'queued')) ? QUEUED_POLL_MS : POLL_MS,
  });

/** What tells a webhook from others. */
export const nameOf = ({ description, url }: Webhook): string => description || new URL(url).host;

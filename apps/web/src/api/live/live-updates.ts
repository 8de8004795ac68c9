import type { QueryMeta } from '@tanstack/react-query';
import { queryClient } from '../query-client.ts';
import { Store } from '../store.ts';
import { FeedConnection, type FeedEvent, type FeedUpdate, type Resource } from './feed-connection.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      changedBy?: readonly Resource[];
      /** Of a list: once a second page is there it is not read again, since what a person looks at would move. */
      onlyFirstPage?: boolean;
    };
  }
}

/** How often what others change is read again, in milliseconds: without the feed, and with it. */
export const POLL_MS = 4_000;
const POLL_WITH_FEED_MS = 60_000;

interface Change {
  hasChanged: (resource: Resource) => boolean;
  events: readonly FeedEvent[];
}

const isConnected = new Store(false);
const listeners = new Set<(change: Change) => void>();

interface LiveQuery {
  meta?: QueryMeta | undefined;
  state: { data: unknown };
}

const pollInterval = (query: LiveQuery): number | false =>
  mayReadAgain(query) && (isConnected.get() ? POLL_WITH_FEED_MS : POLL_MS);

/** For a query whose response these change: it is read again as soon as one has changed, while the page is in view. */
export const live = (...changedBy: Resource[]) => ({ meta: { changedBy }, refetchInterval: pollInterval });

/** Calls `listener` with what others and this person have changed. @returns how to stop it */
export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls `read` as often as the query of a `live` list reads, for what is no such query. @returns how to stop it */
export function onLive(changedBy: readonly Resource[], read: () => void): () => void {
  const stop = onChange(({ hasChanged }) => changedBy.some(hasChanged) && read());
  const timer = setInterval(() => isConnected.get() || read(), POLL_MS);
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** Keeps all pages of a person true as long as they are open. @returns how to stop it */
export function followFeed(userId: string): () => void {
  const connection = 'SharedWorker' in window ? sharedConnection(userId) : new FeedConnection(receive);
  return () => {
    connection.close();
    receive({ isConnected: false, changed: [], events: [] });
  };
}

/** One for all tabs. Of one name there is one worker: another person gets a connection of their own. */
function sharedConnection(userId: string): MessagePort {
  const { port } = new SharedWorker(new URL('feed-worker.ts', import.meta.url), { type: 'module', name: userId });
  port.onmessage = ({ data }: MessageEvent<FeedUpdate>) => receive(data);
  return port;
}

function receive({ isConnected: connected, changed, events }: FeedUpdate): void {
  const isTurning = connected !== isConnected.get();
  isConnected.set(connected);
  // What changed meanwhile is not known.
  if (isTurning) tell({ hasChanged: () => true, events: [] });
  if (changed.length > 0) tell({ hasChanged: (resource) => changed.includes(resource), events });
}

function tell(change: Change): void {
  for (const listener of listeners) listener(change);
}

onChange(({ hasChanged }) => {
  void queryClient.invalidateQueries({
    predicate: (query) => mayReadAgain(query) && (query.meta?.changedBy?.some(hasChanged) ?? false),
    // A page in the background reads again when it comes into view.
    refetchType: document.hidden ? 'none' : 'active',
  });
});

const mayReadAgain = ({ meta, state }: LiveQuery): boolean => !meta?.onlyFirstPage || !hasMorePages(state.data);

const hasMorePages = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && data.pages.length > 1;

import { createParser } from 'eventsource-parser';
import type { components, operations } from './openapi.ts';
import { readProblem } from './problem.ts';
import { sleep } from './retry.ts';

export type FeedEvent = components['schemas']['Event'];
type EventQuery = NonNullable<operations['listEvents']['parameters']['query']>;
type GetPage = (query: EventQuery) => Promise<components['schemas']['EventPage']>;

export interface EventOptions {
  /** The `id` of an event, or a kept cursor; `latest`: only from now on. Default: the oldest event that is kept. */
  after?: string;
  /** Types such as `item.created`, or resources such as `item` for all of their types. Default: all that the caller may read. */
  types?: string[];
  /** Goes on without an end, with events as they happen. Default: ends with the last event that is there. */
  follow?: boolean;
  /** Told the place up to which all events were taken: kept, it is `after` of the next time. */
  onCursor?: (cursor: string) => void;
  signal?: AbortSignal;
}

/** The API sends something every 15 seconds: a stream that is silent for longer than this is dead, in milliseconds. */
const MAX_SILENCE_MS = 45_000;

/** Page by page, up to the end of the feed. */
export async function* readEvents(
  getPage: GetPage,
  { after, types, onCursor }: EventOptions,
): AsyncGenerator<FeedEvent, void> {
  const query: EventQuery = { limit: 200, types: types?.join(','), after };
  for (let hasMore = true; hasMore;) {
    const page = await getPage(query);
    yield* page.items;
    onCursor?.(page.nextCursor);
    query.after = page.nextCursor;
    hasMore = page.hasMore;
  }
}

/** As they happen. A stream that ends or breaks is opened again behind the last event, so that each comes once. */
export async function* followEvents(
  url: URL,
  send: (request: Request) => Promise<Response>,
  { after, types, signal, onCursor }: EventOptions,
): AsyncGenerator<FeedEvent, void> {
  if (types) url.searchParams.set('types', types.join(','));
  const frames: { cursor: string; event?: FeedEvent }[] = [];
  let cursor = after;
  let retryMs = 1_000;
  for (;;) {
    const connection = new AbortController();
    const parser = createParser({
      // The API sends an id with each event, and alone to move past events of other types.
      onId: (id) => frames.push({ cursor: id }),
      onEvent: ({ data }) => (frames.at(-1)!.event = JSON.parse(data) as FeedEvent),
      onRetry: (ms) => (retryMs = ms),
    });
    const headers = { accept: 'text/event-stream', ...(cursor !== undefined && { 'last-event-id': cursor }) };
    const ended = AbortSignal.any([connection.signal, ...(signal ? [signal] : [])]);
    try {
      const response = await send(new Request(url, { headers, signal: ended }));
      if (!response.ok) throw await readProblem(response);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let chunk = await read(reader, connection); chunk !== undefined; chunk = await read(reader, connection)) {
        parser.feed(chunk);
        for (const frame of frames.splice(0)) {
          if (frame.event) yield frame.event;
          cursor = frame.cursor;
          onCursor?.(cursor);
        }
      }
    } finally {
      connection.abort();
    }
    await sleep(retryMs * (1 + Math.random() / 4), signal);
  }
}

/** @returns undefined where the stream has ended, was cut or is silent for too long */
async function read(
  reader: ReadableStreamDefaultReader<string>,
  connection: AbortController,
): Promise<string | undefined> {
  const silence = setTimeout(() => connection.abort(), MAX_SILENCE_MS);
  try {
    return (await reader.read()).value;
  } catch {
    return undefined;
  } finally {
    clearTimeout(silence);
  }
}

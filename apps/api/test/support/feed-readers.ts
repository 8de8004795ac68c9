import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '#contracts';
import type { Client } from '../../../../test/support/client.ts';

/** Follows the feed until it is told to stop and nothing more comes; whatever fails is tried again at the next client. */
export interface FeedReader {
  events: Event[];
  /** Ends when it has read this event, where it is not there yet. */
  finish: (lastId: string) => Promise<Event[]>;
  failures: number;
}

type NextClient = () => Client;

/** Reads page after page. */
export function pageReader(client: NextClient, after: string): FeedReader {
  return startReader(async (reader, isFinished) => {
    for (let cursor = after; !isFinished();) {
      const { status, body } = await client().get(`/events?after=${cursor}&limit=50`);
      if (status !== 200) throw new Error(`answered ${status}`);
      reader.events.push(...(body.items as Event[]));
      after = cursor = body.nextCursor as string;
      if (!body.hasMore) await sleep(20);
    }
  });
}

/** Reads server-sent events, and connects again with the id of the last one. */
export function streamReader(client: NextClient, after: string): FeedReader {
  return startReader(async (reader, isFinished) => {
    const { url, token } = client();
    const response = await fetch(`${url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'last-event-id': after },
    });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop()!;
      for (const frame of frames) {
        const fields = new Map(frame.split('\n').map((line) => line.split(/: (.*)/) as [string, string]));
        after = fields.get('id') ?? after;
        if (fields.has('data')) reader.events.push(JSON.parse(fields.get('data')!) as Event);
      }
      if (isFinished()) return;
    }
  });
}

function startReader(follow: (reader: FeedReader, isFinished: () => boolean) => Promise<void>): FeedReader {
  let lastId: string | undefined;
  const isFinished = () => lastId !== undefined && reader.events.some(({ id }) => id === lastId);
  const reader: FeedReader = {
    events: [],
    failures: 0,
    finish: async (id) => {
      lastId = id;
      await running;
      return reader.events;
    },
  };
  const run = async () => {
    while (!isFinished()) {
      await follow(reader, isFinished).catch(async () => {
        reader.failures++;
        await sleep(20);
      });
    }
  };
  const running = run();
  return reader;
}

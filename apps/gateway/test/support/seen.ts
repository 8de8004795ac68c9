import type { IncomingMessage } from 'node:http';
import type { TestApi } from '../../../../test/support/api.ts';

interface SeenRequest {
  line: string;
  headers: IncomingMessage['headers'];
}

const watched = new WeakMap<TestApi, SeenRequest[][]>();

/** Every request that arrives at the API from now on: `METHOD /path` and its header fields. */
export function watch(api: TestApi): SeenRequest[] {
  const seen: SeenRequest[] = [];
  const lists = watched.get(api);
  if (lists) lists.push(seen);
  else begin(api, [seen]);
  return seen;
}

function begin(api: TestApi, lists: SeenRequest[][]): void {
  watched.set(api, lists);
  api.app.getHttpServer().on('request', ({ method, url, headers }: IncomingMessage) => {
    for (const list of lists) list.push({ line: `${method} ${url}`, headers });
  });
}

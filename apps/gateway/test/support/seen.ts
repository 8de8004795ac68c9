import type { IncomingMessage } from 'node:http';
import type { TestApi } from '../../../api/test/support/api.ts';

/** Every request that arrives at the API from now on: `METHOD /path` and its header fields. */
export function watch(api: TestApi): { line: string; headers: IncomingMessage['headers'] }[] {
  const seen: { line: string; headers: IncomingMessage['headers'] }[] = [];
  api.app
    .getHttpServer()
    .on('request', ({ method, url, headers }: IncomingMessage) => seen.push({ line: `${method} ${url}`, headers }));
  return seen;
}

import type { HeaderList } from '../../http1/index.ts';
import type { Answer } from '../connection/answer.ts';
import type { ClientRequest } from '../connection/client-request.ts';
import { problemJson, type Refusal, statusOf } from '../refusal.ts';
import { dropRest } from './leftover.ts';

/**
 * Answers a request with a problem. What is left of its body is dropped, and the connection then closed.
 * @param further  fields of the answer
 * @param lingerMs how long the rest of the body is waited for
 * @param done     called when the answer has been written
 */
export function refuse(
  request: ClientRequest,
  answer: Answer,
  refusal: Refusal,
  { requestId, further, lingerMs }: { requestId: string; further: HeaderList; lingerMs: number },
  done: () => void,
): void {
  const body = Buffer.from(problemJson(refusal, request.url, requestId));
  const unread = !request.complete;
  const fields = ['content-type', 'application/problem+json; charset=utf-8', 'content-length', String(body.length)];
  fields.push('cache-control', 'no-store', ...further);
  for (const [name, value] of Object.entries(refusal.extra?.headers ?? {})) fields.push(name, value);
  if (refusal.close || unread) answer.isLast = true;
  answer.writeHead(statusOf(refusal), undefined, fields);
  answer.write(body);
  answer.end();
  // Bytes whose framing is in doubt are not waited for, and nobody sends any who still waits for `100 Continue`.
  if (!unread || refusal.close || lingerMs === 0) done();
  else dropRest(request, lingerMs, done);
}

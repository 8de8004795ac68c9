import assert from 'node:assert/strict';
import { field, type Reply } from './case.ts';

/** Other proxies word their refusals in their own way: for them only the status is checked. */
export const checked = { body: true };

/** That a response is the gateway's own, in `application/problem+json`. */
export function isProblem(reply: Reply, status: number, kind: string): void {
  assert.equal(reply.status, status);
  if (!checked.body) return;
  assert.equal(field(reply, 'content-type'), 'application/problem+json; charset=utf-8');
  const body = JSON.parse(reply.body);
  assert.equal(body.type, `/api/problems/${kind}`);
  assert.equal(body.status, status);
  assert.equal(body.requestId, field(reply, 'x-request-id'));
}

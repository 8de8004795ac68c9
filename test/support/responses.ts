import { expect } from '@jest/globals';
import { type InputError, type ProblemKind, problems, problemType } from '#contracts';
import type { TestResponse } from './client.ts';

export interface ProblemMembers {
  /** Default: what `errors` says, where these are all of it; else any text. */
  detail?: unknown;
  /** Default: the body has none. */
  errors?: unknown;
  /** Fields that the response has besides others. */
  headers?: Record<string, unknown>;
  /** Members that this kind of problem adds, such as `lines`. */
  [extension: string]: unknown;
}

/** The whole response that refuses a request (RFC 9457): the body has no other members than those stated here. */
export function problem(kind: ProblemKind, { headers, ...members }: ProblemMembers = {}): TestResponse {
  const { status, title } = problems[kind];
  const body = {
    type: problemType(kind),
    title,
    status,
    detail: /^invalid-/.test(kind) ? detailOf(members.errors) : ANY_TEXT,
    instance: ANY_TEXT,
    requestId: ANY_TEXT,
    ...members,
  };
  return response(status, body, { 'content-type': 'application/problem+json; charset=utf-8', ...headers });
}

/** The whole response, but for header fields that are not named here. */
export const response = (status: number, body: unknown, headers: Record<string, unknown> = {}): TestResponse => ({
  status,
  headers: expect.objectContaining(headers) as unknown as TestResponse['headers'],
  body,
});

const ANY_TEXT = expect.any(String) as unknown;

function detailOf(errors: unknown): unknown {
  if (!Array.isArray(errors) || errors.some(({ detail }: Partial<InputError>) => typeof detail !== 'string'))
    return ANY_TEXT;
  return errors.map(({ pointer, detail }: InputError) => `${pointer}: ${detail}`).join('; ');
}

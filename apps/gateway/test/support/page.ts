import { expect } from '@jest/globals';
import type { ProblemKind } from '#contracts';
import { problem, type ProblemMembers } from '../../../../test/support/responses.ts';
import type { Page } from './browser.ts';

interface PageParts {
  /** Fields that the response has besides others. */
  headers?: Record<string, unknown>;
  /** Default: none. */
  setCookies?: string[];
}

/** A whole response to a browser, but for header fields that are not named here. */
export const page = (status: number, body: unknown, { headers = {}, setCookies = [] }: PageParts = {}): Page => ({
  status,
  headers: expect.objectContaining(headers) as unknown as Page['headers'],
  setCookies,
  text: expect.any(String) as unknown as string,
  body,
});

/** The whole response that refuses a request of a browser, and sets no cookie. */
export function refusedPage(kind: ProblemKind, members?: ProblemMembers): Page {
  const { status, headers, body } = problem(kind, members);
  return { ...page(status, body), headers };
}

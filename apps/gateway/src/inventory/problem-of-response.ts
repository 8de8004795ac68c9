import { type ProblemBody, type ProblemKind, problems } from '#contracts';
import { Problem } from '#service';

/** What a bad response of the API means to the gateway's own client: a 4xx is the client's to hear, anything else is ours to hide. */
export function problemOfResponse(status: number, headers: Record<string, unknown>, data: unknown): Problem {
  const { type = '', detail = '', errors } = (typeof data === 'object' && data ? data : {}) as Partial<ProblemBody>;
  const retryAfter = headers['retry-after'];
  const passed = typeof retryAfter === 'string' ? { 'retry-after': retryAfter } : undefined;
  const kind = type.split('/').at(-1)!;
  if (status >= 400 && status < 500 && isKind(kind) && problems[kind].status === status)
    return new Problem(kind, detail, { ...(passed && { headers: passed }), ...(errors && { errors }) });
  const cause = new Error(`The API answered ${status}.`);
  if (status === 503)
    return new Problem('unavailable', 'The inventory API is unavailable. Retry after a second.', {
      headers: passed ?? { 'retry-after': '1' },
      cause,
    });
  return new Problem('bad-gateway', 'The inventory API sent an invalid response.', { cause });
}

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(problems, kind);

import { type ProblemBody, type ProblemKind, problems } from '#contracts';
import { Problem } from '#service';

/** The problem that the gateway's client gets for an error response of the API: a 4xx is passed on, the reason of any other is not. */
export function problemOfResponse(status: number, headers: Record<string, unknown>, data: unknown): Problem {
  const { type = '', detail = '', errors } = (typeof data === 'object' && data ? data : {}) as Partial<ProblemBody>;
  const retryAfter = headers['retry-after'];
  const passed = typeof retryAfter === 'string' ? { 'retry-after': retryAfter } : undefined;
  const kind = type.split('/').at(-1)!;
  if (status >= 400 && status < 500 && isKind(kind) && problems[kind].status === status)
    return new Problem(kind, detail, { ...(passed && { headers: passed }), ...(errors && { errors }) });
  const cause = new Error(`The API responded with ${status}.`);
  if (status === 503)
    return new Problem('unavailable', 'The inventory API is unavailable. Retry after a second.', {
      headers: passed ?? { 'retry-after': '1' },
      cause,
    });
  return new Problem('bad-gateway', 'The inventory API sent an invalid response.', { cause });
}

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(problems, kind);

import { type InputError, type ProblemBody, type ProblemKind, problems, problemType } from '#contracts';
import { pathOf } from '#service';

/** Why the gateway itself refuses a request. `Problem` of libs/service has this shape, too. */
export interface Refusal {
  readonly kind: ProblemKind;
  /** What is wrong and what to send instead; shown to the client. */
  readonly detail: string;
  /** A short word for metrics and logs. Default: the kind. */
  readonly reason?: string;
  /** The bytes that follow on this connection may not be a request: it is closed. */
  readonly close?: boolean;
  readonly extra?: {
    readonly errors?: InputError[];
    readonly headers?: Record<string, string>;
    readonly extensions?: Record<string, unknown>;
  };
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'kind' in value && Object.hasOwn(problems, value.kind as string);

/** The body of the response: RFC 9457. */
export function problemJson(refusal: Refusal, target: string, requestId: string): string {
  const { kind, detail, extra } = refusal;
  const body: ProblemBody = {
    type: problemType(kind),
    title: problems[kind].title,
    status: problems[kind].status,
    detail,
    instance: pathOf(target),
    requestId,
    ...(extra?.errors && { errors: extra.errors }),
    ...extra?.extensions,
  };
  return JSON.stringify(body);
}

export const statusOf = (refusal: Refusal): number => problems[refusal.kind].status;

/** A refusal that the client may retry after a second. */
export const unavailable = (reason: string, detail: string): Refusal => ({
  kind: 'unavailable',
  detail,
  reason,
  extra: { headers: { 'retry-after': '1' } },
});

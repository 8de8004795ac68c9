import { type InputError, type ProblemBody, type ProblemKind, problems, problemType } from '#contracts';

/** Why the gateway itself answers a request. `Problem` of libs/service has this shape too. */
export interface Refusal {
  readonly kind: ProblemKind;
  /** What was wrong, and what to do; shown to the client. */
  readonly detail: string;
  /** A short word for metrics and logs. Default: the kind. */
  readonly reason?: string;
  /** Nothing that follows on this connection can be trusted to be a request: it is closed. */
  readonly close?: boolean;
  readonly extra?: {
    readonly errors?: InputError[];
    readonly headers?: Record<string, string>;
    readonly extensions?: Record<string, unknown>;
  };
}

export const isRefusal = (thing: unknown): thing is Refusal =>
  typeof thing === 'object' && thing !== null && 'kind' in thing && (thing.kind as string) in problems;

/** The body of the answer: RFC 9457. */
export function problemJson(refusal: Refusal, target: string, requestId: string): string {
  const { kind, detail, extra } = refusal;
  const body: ProblemBody = {
    type: problemType(kind),
    title: problems[kind].title,
    status: problems[kind].status,
    detail,
    instance: target.split('?', 1)[0]!,
    requestId,
    ...(extra?.errors && { errors: extra.errors }),
    ...extra?.extensions,
  };
  return JSON.stringify(body);
}

export const statusOf = (refusal: Refusal): number => problems[refusal.kind].status;

import { type InputError, type ProblemBody, type ProblemKind, problems, problemType } from '#contracts';

/** Thrown wherever a request cannot be served; the exception filter turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  /**
   * @param detail what was wrong here, and what to do; shown to the caller
   * @param extra  `errors` for bad input, `headers` to send, `extensions` for further members of the body
   */
  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly extra: {
      errors?: InputError[];
      headers?: Record<string, string>;
      extensions?: Record<string, unknown>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: extra.cause });
    this.status = problems[kind].status;
    this.title = problems[kind].title;
  }

  body(instance: string, requestId: string): ProblemBody {
    return {
      type: problemType(this.kind),
      title: this.title,
      status: this.status,
      detail: this.detail,
      instance,
      requestId,
      ...(this.extra.errors && { errors: this.extra.errors }),
      ...this.extra.extensions,
    };
  }
}

const kindOfStatus: Record<number, ProblemKind> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  409: 'conflict',
  412: 'precondition-failed',
  413: 'too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  422: 'invalid-fields',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'unavailable',
};

/** The problem that an error of the framework stands for: a 4xx keeps its message, anything else becomes `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { status, statusCode, message } = error as { status?: number; statusCode?: number; message?: string };
  const code = status ?? statusCode ?? 500;
  const kind = kindOfStatus[code] ?? (code >= 400 && code < 500 ? 'malformed-request' : 'internal');
  if (kind === 'internal')
    return new Problem('internal', 'The request could not be served. It is safe to try again later.', { cause: error });
  return new Problem(kind, message ?? problems[kind].title, { cause: error });
}

import type { components } from './openapi.d.ts';

/** RFC 9457. A kind of problem may add members, such as `lines`. */
type ProblemBody = components['schemas']['Problem'] & { [extension: string]: unknown };

/** A response that is a problem. `kind` is the last segment of its `type`: `insufficient-stock`, `precondition-failed`, … */
export class ApiProblem extends Error {
  readonly kind: string;

  constructor(
    readonly body: ProblemBody,
    /** In seconds, where the response names them. */
    readonly retryAfter?: number,
  ) {
    super(body.detail || body.title);
    this.name = 'ApiProblem';
    this.kind = body.type.split('/').at(-1)!;
  }

  get status(): number {
    return this.body.status;
  }
}

/** No response at all, or one that says that the gateway reached no API. Whether the request took effect is not known. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/** The script of a page did not come. */
export class PageLoadError extends NetworkError {
  override name = 'PageLoadError';
}

export const isProblem = (error: unknown, kind: string): error is ApiProblem =>
  error instanceof ApiProblem && error.kind === kind;

/** @param body as it was read already */
export function problemFrom(response: Response, body: unknown): ApiProblem {
  const problem = isProblemJson(response) ? (body as ProblemBody) : unknownProblem(response);
  return new ApiProblem(problem, Number(response.headers.get('retry-after')) || undefined);
}

export const readProblem = async (response: Response): Promise<ApiProblem> =>
  problemFrom(response, isProblemJson(response) && (await response.json()));

const isProblemJson = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('application/problem+json') === true;

const unknownProblem = ({ status, statusText, url, headers }: Response): ProblemBody => ({
  type: '/api/problems/unknown',
  title: statusText,
  status,
  detail: statusText || `HTTP ${status}`,
  instance: url,
  requestId: headers.get('x-request-id') ?? '',
});

import type { components } from './openapi.ts';

/** RFC 9457. A kind of problem may add members, such as `lines`. */
export type ProblemBody = components['schemas']['Problem'] & { [extension: string]: unknown };

/** A response that is a problem. `kind` is the last segment of its `type`: `insufficient-stock`, `precondition-failed`, … */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly body: ProblemBody;
  readonly kind: string;
  /** In seconds, where the response names them. */
  readonly retryAfter: number | undefined;

  constructor(body: ProblemBody, retryAfter?: number) {
    super(body.detail || body.title);
    this.body = body;
    this.kind = body.type.split('/').at(-1)!;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.body.status;
  }
}

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
  title: statusText || `HTTP ${status}`,
  status,
  detail: '',
  instance: url,
  requestId: headers.get('x-request-id') ?? '',
});

import { ApiProblem } from '../../../../libs/client/src/index.ts';

export { ApiProblem, problemFrom, readProblem } from '../../../../libs/client/src/index.ts';

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

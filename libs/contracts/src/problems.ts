import { Integer, Text } from './fields.ts';

/**
 * Every kind of problem that a service responds with (RFC 9457). The key is the last segment of the problem's `type`,
 * a URI reference that the API itself explains: `GET /api/problems/{kind}`.
 */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    explanation:
      'The bytes are not what they claim to be: JSON that does not parse, text that is not UTF-8, a lone surrogate, a null byte, nesting deeper than 16 levels.',
  },
  'invalid-parameters': {
    status: 400,
    title: 'A parameter is invalid',
    explanation: 'A value in the path, the query or a header is invalid. `errors` names each one.',
  },
  unauthenticated: {
    status: 401,
    title: 'Authentication required',
    explanation: 'The request carries no access token or API key, or one that is not, or no longer, valid.',
  },
  'second-factor-required': {
    status: 401,
    title: 'The sign-in takes a code',
    explanation:
      'The password is right, and the account uses two-factor sign-in. Send the same again with `code`: six digits of the authenticator app, or a recovery code.',
  },
  forbidden: {
    status: 403,
    title: 'Your role does not allow this',
    explanation: 'The caller is known, but its role is too low. `detail` names the role that is needed.',
  },
  'cross-site': {
    status: 403,
    title: 'Cross-site request refused',
    explanation:
      'A write that comes with the browser’s cookie must come from a page of this site: `Sec-Fetch-Site: same-origin`, or this site’s own `Origin`.',
  },
  'not-found': { status: 404, title: 'Not found', explanation: 'No route, or no resource with this id.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    explanation: 'The path exists, but not with this method. `Allow` lists those that it has.',
  },
  conflict: {
    status: 409,
    title: 'Conflict with the current state',
    explanation:
      'The request is valid, but the current state of a resource forbids it: a SKU that is taken, an item that still has stock, a movement that was already reversed, a reservation that has ended.',
  },
  'insufficient-stock': {
    status: 409,
    title: 'There is not enough stock',
    explanation:
      '`lines` holds each line that cannot be served, with what it asked for and what is available. Nothing was applied.',
  },
  'unexpected-level': {
    status: 409,
    title: 'A level is not what the request expected',
    explanation:
      '`lines` holds each line whose `expectedOnHand` is not the level found, with the current one. Nothing was applied. Read the level again, then decide.',
  },
  'same-file': {
    status: 409,
    title: 'The same file was imported before',
    explanation:
      '`sameFileAs` names the import of a file with the same SHA-256. Nothing was booked. Send it with `?again=true` to import it once more.',
  },
  'mail-is-off': {
    status: 409,
    title: 'This deployment sends no links by mail',
    explanation:
      'A forgotten password is replaced by a link in a mail only where `SMTP_URL`, `MAIL_FROM` and `PUBLIC_URL` are set. An admin sets a new password by `PATCH /users/{id}`, or on the page People and keys.',
  },
  'key-in-use': {
    status: 409,
    title: 'The first request with this idempotency key is still running',
    explanation: 'Send the same request again after a second: it then gets the response to the first one.',
  },
  'cursor-expired': {
    status: 410,
    title: 'The events after this cursor are no longer kept',
    explanation:
      'Events are kept for 30 days, and a database restored from a backup has lost those after it. Read what you follow (`/items`, `/stock` and the like) as a whole once more; before that, take `nextCursor` of `GET /api/v1/events?after=latest` to go on from.',
  },
  'precondition-failed': {
    status: 412,
    title: 'The resource was changed meanwhile',
    explanation: '`If-Match` names a version that is no longer the current one. Read the resource again, then decide.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    explanation: 'Its header or body stopped coming. The connection is closed; send the whole request again.',
  },
  'too-large': { status: 413, title: 'The body is too large', explanation: '`detail` names the limit.' },
  'uri-too-long': { status: 414, title: 'The URL is too long', explanation: '`detail` names the limit.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not supported',
    explanation: 'JSON routes take `application/json`, imports take `text/csv` or a workbook (.xlsx).',
  },
  'invalid-fields': {
    status: 422,
    title: 'A field is invalid',
    explanation:
      'The body is well-formed, but a field is missing, unknown or out of range. `errors` has a JSON pointer (RFC 6901) and a sentence for each.',
  },
  'key-reused': {
    status: 422,
    title: 'This idempotency key was used for another request',
    explanation: 'A key stands for one request. Use a new key for a new request.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation: '`Retry-After` names the seconds to wait before a retry.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request header is too large',
    explanation: '`detail` names the limit on its bytes or its number of fields.',
  },
  internal: {
    status: 500,
    title: 'Internal server error',
    explanation: 'The log has the details, under the same `requestId`.',
  },
  'not-implemented': {
    status: 501,
    title: 'Not implemented',
    explanation: 'A protocol upgrade, a tunnel or a transfer coding that no part of the product needs.',
  },
  'bad-gateway': {
    status: 502,
    title: 'The upstream service sent no valid response',
    explanation:
      'It refused the connection, closed it early, or sent an invalid response. Whether a write happened is not known: send it again with its `Idempotency-Key`.',
  },
  unavailable: {
    status: 503,
    title: 'Service unavailable',
    explanation:
      'A dependency of this service is unavailable, or the service is at its limit. `Retry-After` names the seconds to wait before a retry.',
  },
  'gateway-timeout': {
    status: 504,
    title: 'The upstream service did not respond in time',
    explanation: 'Whether a write happened is not known: send it again with its `Idempotency-Key`.',
  },
} as const satisfies Record<string, { status: number; title: string; explanation: string }>;

export type ProblemKind = keyof typeof problems;

/** The stable `type` of a problem kind, a URI reference. */
export const problemType = (kind: ProblemKind): string => `/api/problems/${kind}`;

/** The body of `GET` on a problem's `type`. */
export class ProblemExplanation {
  @Text({ max: 100, example: '/api/problems/precondition-failed' })
  type!: string;

  @Integer({ min: 400, max: 599, example: 412 })
  status!: number;

  @Text({ max: 100, example: 'The resource was changed meanwhile' })
  title!: string;

  @Text({ max: 1000 })
  explanation!: string;
}

/** One thing that is wrong in the input. */
export interface InputError {
  /** JSON pointer (RFC 6901) into the body, or `/name` of a parameter. */
  pointer: string;
  detail: string;
}

/** The body of every response of 400 and above: `application/problem+json`, RFC 9457. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  requestId: string;
  errors?: InputError[];
  [extension: string]: unknown;
}

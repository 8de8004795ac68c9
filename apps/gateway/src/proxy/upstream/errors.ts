import type { Refusal } from '../rules/refusal.ts';

/** How an attempt to get a response from the upstream failed. */
export interface UpstreamError extends Refusal {
  readonly reason: string;
  /** The request had gone out on a connection. */
  readonly sent: boolean;
  /** A second attempt is possible: no connection was made, or the connection broke. */
  readonly retryable: boolean;
  /** Counts as a failure of the upstream. */
  readonly isUpstreamFailure: boolean;
}

const badGateway = (reason: string, detail: string, sent: boolean, retryable: boolean): UpstreamError => ({
  kind: 'bad-gateway',
  detail,
  reason,
  sent,
  retryable,
  isUpstreamFailure: true,
});

const CONNECT = badGateway('connect', 'The service could not be reached. Nothing was done.', false, true);
const CONNECTION_LOST = badGateway('connection-lost', 'The service closed the connection.', true, true);
export const INVALID_RESPONSE = badGateway(
  'invalid-response',
  'The service sent a response that is not valid HTTP.',
  true,
  false,
);
const CONNECT_TIMEOUT: UpstreamError = {
  ...CONNECT,
  kind: 'gateway-timeout',
  reason: 'connect-timeout',
  detail: 'The service did not accept a connection in time. Nothing was done.',
};
/** The upstream has not seen a byte of it. */
const INVALID_REQUEST: UpstreamError = {
  kind: 'malformed-request',
  detail: 'The request cannot be forwarded.',
  reason: 'invalid-request',
  sent: false,
  retryable: false,
  isUpstreamFailure: false,
};

/** Codes of sockets that broke, and undici's code for one that was closed. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET', 'ENOTCONN']);

/** @param sent whether the request had gone out on a connection */
export function upstreamErrorOf({ code = '', message }: Error & { code?: string }, sent: boolean): UpstreamError {
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') return INVALID_REQUEST;
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || (!sent && code === 'ETIMEDOUT')) return CONNECT_TIMEOUT;
  if (!sent) return CONNECT;
  // undici destroys the socket with the same code where a response is out of place, such as a 101.
  return BROKEN.has(code) && !message.startsWith('bad ') ? CONNECTION_LOST : INVALID_RESPONSE;
}

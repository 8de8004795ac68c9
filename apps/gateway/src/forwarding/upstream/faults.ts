import { Malformed } from '../../http1/index.ts';
import type { Refusal } from '../refusal.ts';

/** What an upstream did wrong. */
export interface Fault extends Refusal {
  readonly reason: string;
  /** No connection came about, so nothing was sent. */
  readonly unreached: boolean;
  /** The connection broke, as one that was already dead does. */
  readonly lost: boolean;
}

/** The upstream did not accept a connection in time. */
export class ConnectTimeout extends Error {}

const badGateway = (reason: string, detail: string, { unreached = false, lost = false } = {}): Fault => ({
  kind: 'bad-gateway',
  detail,
  reason,
  unreached,
  lost,
});

const REFUSED = badGateway('connect', 'The service could not be reached. Nothing was done.', { unreached: true });
const LOST = badGateway('lost', 'The service broke the connection off.', { lost: true });
export const NONSENSE = badGateway('nonsense', 'The service answered with something that is not HTTP.');
const SLOW_CONNECT: Fault = {
  ...REFUSED,
  kind: 'gateway-timeout',
  reason: 'connect-timeout',
  detail: 'The service did not accept a connection in time. Nothing was done.',
};
/** None of the upstream's doing: it has not seen a byte. */
export const UNSENDABLE: Fault = {
  kind: 'malformed-request',
  detail: 'The request cannot be sent on.',
  reason: 'unsendable',
  unreached: false,
  lost: false,
};

/**
 * What an error of the connection means for the client.
 * @param sent whether the request had gone out on a connection
 */
export function faultOf(error: Error & { code?: string }, sent: boolean): Fault {
  if (error instanceof ConnectTimeout || (!sent && error.code === 'ETIMEDOUT')) return SLOW_CONNECT;
  if (error instanceof TypeError) return UNSENDABLE;
  if (!sent) return REFUSED;
  return error instanceof Malformed ? NONSENSE : LOST;
}

import type { ClientRequest } from '../connection/client-request.ts';
import { isHost } from '../head/host.ts';

/** What the next hop is told about the client. */
export interface Forwarded {
  /** The client as the outermost trusted hop saw it. */
  clientAddress: string;
  /** `X-Forwarded-For`: the believed addresses, then our peer's. */
  chain: string;
  proto: string;
  /** Undefined where the request has no Host: HTTP/1.0. */
  host: string | undefined;
}

/** A request whose `X-Forwarded-*` fields have been judged: as it came to the door, or as the door passed it on within. */
export interface Asking {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly forwarded?: Forwarded | undefined;
}

/** What was found about a request when it came to the door. */
export function judgedForwarded({ headers, forwarded }: Asking): Forwarded {
  if (forwarded) return forwarded;
  const chain = String(headers['x-forwarded-for']);
  const host = headers['x-forwarded-host'] as string | undefined;
  return { clientAddress: chain.split(', ', 1)[0]!, chain, proto: String(headers['x-forwarded-proto']), host };
}

/** Other ways to claim an address or a host, in lower case: dropped, since no hop of ours speaks them. */
const CLAIMS = new Set([
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'x-original-url',
  'x-original-host',
  'x-rewrite-url',
]);

/** @param name in lower case */
export const claimsOrigin = (name: string): boolean => name.startsWith('x-forwarded-') || CLAIMS.has(name);

/** @param trustedHops how many proxies before us are ours: as many entries of `X-Forwarded-For` are believed, from the right */
export function forwardedOf(request: ClientRequest, trustedHops: number): Forwarded {
  const peer = plainAddress(request.remoteAddress);
  const { host } = request.headers;
  if (trustedHops === 0) return { clientAddress: peer, chain: peer, proto: 'http', host };
  const given = believed(request.headers['x-forwarded-for'], trustedHops);
  return {
    clientAddress: given[0] ?? peer,
    chain: [...given, peer].join(', '),
    proto: knownProto(last(request.headers['x-forwarded-proto'])) ?? 'http',
    host: knownHost(last(request.headers['x-forwarded-host'])) ?? host,
  };
}

/** An IPv4 client of a dual-stack socket, without the IPv6 wrapping. */
const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

const ADDRESS = /^[0-9A-Fa-f.:]{2,45}$/;

/** The last entries that our own hops added; anything before, or from the first that is no address, is the client's word. */
function believed(field: string | undefined, hops: number): string[] {
  if (field === undefined) return [];
  const entries = field
    .split(',')
    .map((entry) => entry.trim())
    .slice(-hops);
  return entries.slice(entries.findLastIndex((entry) => !ADDRESS.test(entry)) + 1);
}

const last = (field: string | undefined): string | undefined =>
  field === undefined ? undefined : field.split(',').at(-1)!.trim();

const knownProto = (proto: string | undefined) => (proto === 'https' || proto === 'http' ? proto : undefined);

const knownHost = (host: string | undefined) => (host !== undefined && isHost(host) ? host : undefined);

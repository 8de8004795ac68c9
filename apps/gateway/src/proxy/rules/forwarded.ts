import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, normalizeAddress } from '#service';
import { isHost } from './host.ts';
import { memoize } from './memoize.ts';
import type { Trust } from './trust.ts';

/** The client of a request, as far as the trusted proxies vouch for it. */
export interface ClientInfo {
  /** The client's address as the outermost trusted proxy saw it. */
  readonly address: string;
  /** Its /24 (IPv4) or /64 (IPv6). */
  readonly network: string;
  /** `X-Forwarded-For` for the next hop: the trusted addresses, then the gateway's peer. */
  readonly forwardedFor: string;
  readonly proto: 'http' | 'https';
  /** Undefined where an HTTP/1.0 request has no Host. */
  readonly host: string | undefined;
}

/** Other fields that claim an address, a host or a path, in lower case: dropped, since no proxy of ours sets them. */
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

/** The address and the network of the other end of a connection. */
export function peerOf({ remoteAddress = '' }: Pick<Socket, 'remoteAddress'>): Pick<ClientInfo, 'address' | 'network'> {
  const address = normalized(remoteAddress);
  return { address, network: networkOfPeer(address) };
}

export function clientInfoOf(request: IncomingMessage, trust: Trust): ClientInfo {
  const { address: peer, network } = peerOf(request.socket);
  const { host } = request.headers;
  if (trust.hops === 0) return { address: peer, network, forwardedFor: peer, proto: 'http', host };
  const { headers } = request;
  const trusted = trustedAddresses(one(headers['x-forwarded-for']), trust.hops);
  const address = trusted[0] ?? peer;
  const forwardedHost = trust.headers.has('x-forwarded-host') ? last(one(headers['x-forwarded-host'])) : undefined;
  return {
    address,
    network: networkOfPeer(address),
    forwardedFor: [...trusted, peer].join(', '),
    proto: last(one(headers['x-forwarded-proto'])) === 'https' ? 'https' : 'http',
    host: forwardedHost !== undefined && isHost(forwardedHost) ? forwardedHost : host,
  };
}

/** The entries that our own proxies added: those before them, or before one that is no address, are the client's claims. */
function trustedAddresses(field: string | undefined, hops: number): string[] {
  if (field === undefined) return [];
  const entries = field
    .split(',')
    .slice(-hops)
    .map((entry) => normalized(entry.trim()));
  return entries.slice(entries.lastIndexOf('') + 1);
}

const normalized = memoize(normalizeAddress);
const networkOfPeer = memoize((address) => networkOf(address, 24));

const last = (field: string | undefined): string | undefined => field?.slice(field.lastIndexOf(',') + 1).trim();

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(',') : value;

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address without the client's port, which some proxies name: 192.0.2.7:5000, [2001:db8::1]:5000. Another port is no other client. */
const withoutPort = (address: string): string =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;

/**
 * One spelling for each address (RFC 5952), without port and zone; empty where the text is none. An IPv4 address mapped into
 * IPv6 becomes IPv4.
 */
export function normalizeAddress(text: string): string {
  const [address] = withoutPort(text).split('%', 1) as [string];
  return isIP(address) === 0 ? '' : ipaddr.process(address).toString();
}

/**
 * The network of a normalized address in CIDR notation: /64 for IPv6, because one customer has all of it.
 * @param ipv4Bits prefix length for IPv4; with 32 the address stays as it is
 */
export function networkOf(address: string, ipv4Bits: 24 | 32): string {
  if (address.includes(':')) return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`;
  if (address === '' || ipv4Bits === 32) return address;
  return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${ipv4Bits}`).toString()}/${ipv4Bits}`;
}

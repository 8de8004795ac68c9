import { isIPv6 } from 'node:net';
import { withoutPort } from '#service';

/**
 * The network that an address is throttled with: an IPv4 address is its own, of an IPv6 address the first 64 bits count,
 * because one customer has all of the rest.
 */
export function networkOf(text: string): string {
  const address = withoutPort(text);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** The eight groups of an IPv6 address (RFC 4291 §2.2), without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().replace(/%.*/, '').split('::');
  const left = split(head);
  const right = split(tail ?? '');
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right];
}

/** A dotted quad at the end stands for two groups; what they hold is beyond the first 64 bits. */
const split = (groups: string): string[] =>
  groups === ''
    ? []
    : groups.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group.replace(/^0+(?=.)/, '')]));

import ipaddr from 'ipaddr.js';

/** Whether every address of the range `inner` is in the range `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [range, length] = ipaddr.parseCIDR(outer);
  const [address, innerLength] = ipaddr.parseCIDR(inner);
  return range.kind() === address.kind() && innerLength >= length && address.match(range, length);
}

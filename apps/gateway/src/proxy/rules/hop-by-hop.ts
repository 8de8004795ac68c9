/** Fields for the next hop only (RFC 9110 §7.6.1), in lower case; every field that starts with `proxy-` is one, too. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** `Connection` may name fields to remove, but not those that frame or route a message. */
const NEVER_REMOVED = new Set(['content-length', 'host']);

/** @param name in lower case */
export const isHopByHop = (name: string): boolean => HOP_BY_HOP.has(name) || name.startsWith('proxy-');

/**
 * The further fields that a message's own `Connection` makes hop-by-hop.
 * @param connection the field's value, all its lines joined by commas
 * @returns names in lower case, or undefined where there are none: the usual case
 */
export function namedByConnection(connection: string | undefined): Set<string> | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  const names = connection
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => !NEVER_REMOVED.has(name));
  return new Set(names);
}

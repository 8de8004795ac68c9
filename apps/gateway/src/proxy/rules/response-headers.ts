import type { HeaderList } from './header-list.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import { memoize } from './memoize.ts';
import { viaOf } from './via.ts';

/** As undici delivers them: names in lower case, in order of arrival, repeated fields as arrays. */
export type UpstreamHeaders = Record<string, string | string[] | undefined>;

const isDropped = memoize((name) => {
  const lower = name.toLowerCase();
  return isHopByHop(lower) || lower === 'x-request-id' || lower === 'traceparent';
});

/** The header fields sent to the client: the upstream's end-to-end fields, then the gateway's. */
export function responseHeaders(
  status: number,
  fields: UpstreamHeaders,
  { requestId, traceparent }: { readonly requestId: string; readonly traceparent: string },
): HeaderList {
  const named = namedByConnection(joined(fields.connection));
  const list: HeaderList = [];
  for (const name in fields) {
    if (isDropped(name) || named?.has(name)) continue;
    // RFC 9110 §8.6: 204 has no Content-Length.
    if (status === 204 && name === 'content-length') continue;
    const value = fields[name]!;
    if (typeof value === 'string') list.push(name, value);
    else for (const line of value) list.push(name, line);
  }
  list.push('via', viaOf(1), 'x-request-id', requestId, 'traceparent', traceparent);
  return list;
}

/** The header fields of an informational response, in the upstream's spelling. */
export function informationalHeaders(fields: UpstreamHeaders, raw: Readonly<HeaderList>): HeaderList {
  const named = namedByConnection(joined(fields.connection));
  const list: HeaderList = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!;
    if (!isDropped(name) && !named?.has(name.toLowerCase())) list.push(name, raw[i + 1]!);
  }
  return list;
}

/** RFC 9110 §15.2: an informational response has no body, and the final response follows on the same connection. */
export const isValidInformational = (fields: UpstreamHeaders): boolean =>
  fields['content-length'] === undefined &&
  fields['transfer-encoding'] === undefined &&
  !/(?:^|,)\s*close\s*(?:,|$)/i.test(joined(fields.connection) ?? '');

const joined = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;

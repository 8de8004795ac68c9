import type { HeaderList } from './header-list.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import { remembered } from './remembered.ts';
import { VIA } from './request-headers.ts';
import type { Trace } from './trace.ts';

/** As undici hands them over: names in lower case, in the order of arrival, several lines of one field as a list. */
export type AnswerFields = Record<string, string | string[] | undefined>;

const staysHere = remembered((name) => isHopByHop(name) || name === 'x-request-id' || name === 'traceparent');

/** The fields that go down: the upstream's without those of the hop, then ours. */
export function answerHeaders(
  status: number,
  fields: AnswerFields,
  trace: Pick<Trace, 'requestId' | 'traceparent'>,
): HeaderList {
  const list = endToEnd(status, fields);
  list.push('via', VIA, 'x-request-id', trace.requestId, 'traceparent', trace.traceparent);
  return list;
}

/** What an answer says to the client itself, whoever carries it. */
export function endToEnd(status: number, fields: AnswerFields): HeaderList {
  const named = namedByConnection(fields.connection === undefined ? undefined : String(fields.connection));
  // RFC 9110 §8.6: neither 1xx nor 204 has a Content-Length.
  const bodiless = status < 200 || status === 204;
  const list: HeaderList = [];
  for (const name in fields) {
    if (staysHere(name) || named?.has(name)) continue;
    if (bodiless && name === 'content-length') continue;
    const value = fields[name]!;
    if (typeof value === 'string') list.push(name, value);
    else for (const line of value) list.push(name, line);
  }
  return list;
}

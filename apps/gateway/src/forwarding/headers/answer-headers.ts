import { type HeaderList, lowerCase } from '../../http1/index.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import { remembered } from './remembered.ts';
import type { Trace } from './trace.ts';

const staysHere = remembered((name) => isHopByHop(name) || name === 'x-request-id' || name === 'traceparent');

/** The fields that go down: the upstream's without those of the hop, then ours. */
export function answerHeaders(
  status: number,
  fields: Readonly<HeaderList>,
  trace: Pick<Trace, 'requestId' | 'traceparent'>,
): HeaderList {
  const list = endToEnd(status, fields);
  list.push('x-request-id', trace.requestId, 'traceparent', trace.traceparent);
  return list;
}

/** What an answer says to the client itself, whoever carries it. */
export function endToEnd(status: number, fields: Readonly<HeaderList>): HeaderList {
  const named = namedByConnection(linesOf(fields, 'connection'));
  // RFC 9110 §8.6: neither 1xx nor 204 has a Content-Length.
  const bodiless = status < 200 || status === 204;
  const list: HeaderList = [];
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i]!;
    if (staysHere(name) || named?.has(lowerCase(name))) continue;
    if (bodiless && lowerCase(name) === 'content-length') continue;
    list.push(name, fields[i + 1]!);
  }
  return list;
}

/** A field's value, all its lines joined. @param name in lower case */
function linesOf(fields: Readonly<HeaderList>, name: string): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < fields.length; i += 2) {
    if (lowerCase(fields[i]!) !== name) continue;
    value = value === undefined ? fields[i + 1]! : `${value}, ${fields[i + 1]!}`;
  }
  return value;
}

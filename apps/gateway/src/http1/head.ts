import type { HeaderList } from './header-list.ts';
import { Malformed } from './malformed.ts';

/** A control character, or a CR or LF that is not half of a line's end. */
const ODD = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export interface RequestHead {
  method: string;
  /** As it came, whatever its form. */
  target: string;
  /** Of HTTP/1. */
  minor: 0 | 1;
  /** Names in their own spelling. */
  fields: HeaderList;
}

export interface AnswerHead {
  status: number;
  /** The reason phrase. */
  text: string;
  minor: 0 | 1;
  fields: HeaderList;
}

/**
 * The head of a request: RFC 9112 §3 and §5 to the letter, without any of the lenience that they allow.
 * @param text latin1, without the empty line at its end
 * @throws Malformed
 */
export function parseRequestHead(text: string): RequestHead {
  const end = firstLine(text);
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ', end - 1);
  const method = text.slice(0, first);
  if (first < 1 || last <= first + 1 || !TOKEN.test(method))
    throw new Malformed('The request line is not one of HTTP.');
  const minor = minorOf(text.slice(last + 1, end));
  return { method, target: text.slice(first + 1, last), minor, fields: parseFields(text, end + 2) };
}

/**
 * The head of an answer: RFC 9112 §4 and §5.
 * @param text latin1, without the empty line at its end
 * @throws Malformed
 */
export function parseAnswerHead(text: string): AnswerHead {
  const end = firstLine(text);
  const minor = minorOf(text.slice(0, 8));
  const status = Number(text.slice(9, 12));
  const isPlain = text.charCodeAt(8) === SPACE && (end === 12 || text.charCodeAt(12) === SPACE);
  if (!isPlain || !/^[1-9]\d\d$/.test(text.slice(9, 12))) throw new Malformed('The status line is not one of HTTP.');
  return { status, text: text.slice(13, end), minor, fields: parseFields(text, end + 2) };
}

/**
 * Field lines, in their order.
 * @param from where the first one begins
 * @throws Malformed
 */
export function parseFields(text: string, from: number): HeaderList {
  const fields: HeaderList = [];
  for (let at = from; at < text.length;) {
    const end = lineEnd(text, at);
    const colon = text.indexOf(':', at);
    // Where a line has none, another line's is found, or none at all: -1 would cut the name off at the text's end.
    const hasColon = colon !== -1 && colon < end;
    const name = text.slice(at, colon);
    // A folded line, and a space before the colon, make the name no token.
    if (!hasColon || !TOKEN.test(name)) throw new Malformed('A header field is not a name, a colon and a value.');
    let start = colon + 1;
    let stop = end;
    while (start < stop && isBlank(text.charCodeAt(start))) start++;
    while (stop > start && isBlank(text.charCodeAt(stop - 1))) stop--;
    fields.push(name, text.slice(start, stop));
    at = end + 2;
  }
  return fields;
}

const SPACE = 0x20;
const TAB = 0x09;
const isBlank = (code: number): boolean => code === SPACE || code === TAB;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end === -1 ? text.length : end;
}

/** Where the first line ends, once the whole has been found free of what two readers could read differently. */
function firstLine(text: string): number {
  if (ODD.test(text))
    throw new Malformed('The header has a control character, or a line that does not end with CR and LF.');
  return lineEnd(text, 0);
}

function minorOf(version: string): 0 | 1 {
  if (version === 'HTTP/1.1') return 1;
  if (version === 'HTTP/1.0') return 0;
  throw new Malformed('Speak HTTP/1.1 here.');
}

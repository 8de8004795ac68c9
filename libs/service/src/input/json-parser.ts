import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { isReservedKey } from '#contracts';
import { Problem } from '../http/problem.ts';

const MAX_DEPTH = 16;
/** Objects, lists, members and elements together: four times what the largest contract (500 lines of a transfer) has. */
const MAX_VALUES = 20_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body's bytes as they came: what an idempotency key stands for. */
    rawBody?: Buffer;
  }
  interface FastifyContextConfig {
    /** The media types that the route takes instead of JSON. */
    mediaTypes?: readonly string[];
  }
}

/** Parses JSON bodies and refuses what no contract takes: too many values, text that PostgreSQL or UTF-8 cannot hold. */
export function registerJsonParser(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    if (bytes.length === 0) return done(null, undefined);
    try {
      done(null, parseJson(bytes));
    } catch (error) {
      done(error as Error);
    }
  });
}

export const wrongType = (mediaTypes: readonly string[] = ['application/json']): Problem =>
  new Problem('unsupported-media-type', `This route takes ${mediaTypes.join(', ')}; name it in Content-Type.`);

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem('malformed-request', 'The body is not UTF-8.');
  const { values, depth } = measureJson(bytes);
  if (depth > MAX_DEPTH) throw new Problem('malformed-request', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  if (values > MAX_VALUES)
    throw new Problem('too-large', `The body holds more than ${MAX_VALUES} values. Send it in several requests.`);
  const value = parse(bytes.toString());
  const fault = findUnstorable(value);
  if (fault) throw new Problem('malformed-request', `The body ${fault}.`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-request', `The body is not JSON: ${(error as Error).message}`);
  }
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\,[]{}');

/**
 * How many values a JSON text holds and how deep they are nested, before anything is made of them: to parse a mebibyte of
 * short keys or empty objects takes some 40 times as long. Of a text that is not JSON, the same up to where parsing it ends.
 */
function measureJson(bytes: Buffer): { values: number; depth: number } {
  let values = 1;
  let depth = 0;
  let open = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === COMMA) values++;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      values++;
      depth = Math.max(depth, ++open);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) open--;
  }
  return { values, depth };
}

function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Why a JSON value or a query, whose size is bounded already, cannot be taken as it is, or undefined. */
export function findUnstorable(value: unknown): string | undefined {
  if (typeof value === 'string') return findUnstorableText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return findFirst(value, findUnstorable);
  return findFirst(
    Object.entries(value),
    ([key, member]) => findReservedKey(key) ?? findUnstorableText(key) ?? findUnstorable(member),
  );
}

function findFirst<T>(list: T[], find: (element: T) => string | undefined): string | undefined {
  for (const element of list) {
    const found = find(element);
    if (found) return found;
  }
  return undefined;
}

const findReservedKey = (key: string): string | undefined =>
  isReservedKey(key) ? `holds the key ${key}, which is reserved` : undefined;

function findUnstorableText(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a null byte';
  return text.isWellFormed() ? undefined : 'holds a lone surrogate';
}

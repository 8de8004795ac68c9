import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { isReservedKey } from '#contracts';
import { Problem } from '../http/problem.ts';
import { shorten } from './input-errors.ts';
import { findRepeatedName, measureJson } from './json-scan.ts';

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
  const fault = findUnstorable(value) ?? findRepetition(bytes);
  if (fault) throw new Problem('malformed-request', `The body ${fault}.`);
  return value;
}

/** RFC 8259 §4: of members with the same name, one parser keeps the first and another the last. */
function findRepetition(bytes: Buffer): string | undefined {
  const name = findRepeatedName(bytes);
  return name === undefined ? undefined : `names "${shorten(name, 50)}" twice in one object: send it once`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-request', `The body is not JSON: ${(error as Error).message}`);
  }
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

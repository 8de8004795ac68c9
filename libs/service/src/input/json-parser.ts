import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.ts';

const MAX_DEPTH = 16;
/** Objects, lists, members and elements together: four times what the largest contract (500 lines of a transfer) has. */
export const MAX_VALUES = 20_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body's bytes as they came: what an idempotency key stands for. */
    rawBody?: Buffer;
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

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem('malformed-request', 'The body is not UTF-8.');
  const value = parse(bytes.toString());
  const fault = findUnstorable(value);
  if (fault === TOO_MANY) throw new Problem('too-large', `The body ${fault}. Send it in several requests.`);
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

const TOO_MANY = `holds more than ${MAX_VALUES} values`;

/** Why a JSON value cannot be taken as it is, or undefined. Looks at no more than `MAX_VALUES` values. */
export function findUnstorable(root: unknown): string | undefined {
  let values = 0;
  const findIn = (value: unknown, depth: number): string | undefined => {
    if (++values > MAX_VALUES) return TOO_MANY;
    if (typeof value === 'string') return findUnstorableText(value);
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth === MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
    return Array.isArray(value) ? findInList(value, depth) : findInObject(value, depth);
  };
  const findInList = (list: unknown[], depth: number): string | undefined => {
    for (const element of list) {
      const fault = findIn(element, depth + 1);
      if (fault) return fault;
    }
    return undefined;
  };
  const findInObject = (object: object, depth: number): string | undefined => {
    for (const key in object) {
      const member = (object as Record<string, unknown>)[key];
      const fault = findReservedKey(key) ?? findUnstorableText(key) ?? findIn(member, depth + 1);
      if (fault) return fault;
    }
    return undefined;
  };
  return findIn(root, 0);
}

/** A key that every JavaScript object has is taken for a field by code that looks for fields. */
const findReservedKey = (key: string): string | undefined =>
  key in Object.prototype ? `holds the key ${key}, which is reserved` : undefined;

function findUnstorableText(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a null byte';
  return text.isWellFormed() ? undefined : 'holds a lone surrogate';
}

import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.ts';

const MAX_DEPTH = 16;

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body's bytes as they came: what an idempotency key stands for. */
    rawBody?: Buffer;
  }
}

/** Reads JSON bodies; what a later step could not hold without loss (PostgreSQL takes no null byte, UTF-8 no lone surrogate) is refused. */
export function registerJsonParser(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(new Problem('malformed-request', 'The body is not UTF-8.'));
    void parse(request, bytes.toString(), (error, value) => {
      if (error) return done(new Problem('malformed-request', `The body is not JSON: ${error.message}`));
      const wrong = findUnstorable(value);
      return wrong ? done(new Problem('malformed-request', `The body ${wrong}.`)) : done(null, value);
    });
  });
}

/** Why a JSON value cannot be stored as it is, or undefined. */
export function findUnstorable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return findUnstorableText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
  for (const [key, member] of Object.entries(value)) {
    const wrong = findReservedKey(key) ?? findUnstorableText(key) ?? findUnstorable(member, depth + 1);
    if (wrong) return wrong;
  }
  return undefined;
}

/** What every JavaScript object has is not told from a field by those that look for fields. */
const findReservedKey = (key: string): string | undefined =>
  key in Object.prototype ? `holds the key ${key}, which nothing here may have` : undefined;

function findUnstorableText(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a null byte';
  return text.isWellFormed() ? undefined : 'holds a lone surrogate';
}

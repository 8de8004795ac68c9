import type { IncomingMessage } from 'node:http';
import { countFields } from './header-list.ts';
import { isHost } from './host.ts';
import type { MessageLimits } from './message-limits.ts';
import type { Refusal } from './refusal.ts';
import { originForm } from './request-target.ts';
import type { ServerRequest } from './server-request.ts';

/** The target of a valid request in origin-form, or why the request is refused. */
export type Validation = { readonly target: string } | { readonly refusal: Refusal };

/** Applies the rules that node:http leaves out. Bytes that its parser refuses never get here. */
export function validateRequest(request: ServerRequest, limits: MessageLimits): Validation {
  const refusal =
    checkVersion(request) ??
    checkFieldCount(request, limits) ??
    checkHost(request) ??
    checkAuthorization(request) ??
    checkFraming(request);
  if (refusal) return { refusal };
  const target = originForm(request.url, request.headers.host);
  if (target === undefined) return { refusal: BAD_TARGET };
  if (request.url.length > limits.maxUrlBytes)
    return { refusal: { kind: 'uri-too-long', detail: `The URL must not exceed ${limits.maxUrlBytes} bytes.` } };
  if (request.method === 'TRACE') return { refusal: TRACE };
  if (/(?:^|,)\s*websocket/i.test(request.headers.upgrade ?? '')) return { refusal: WEBSOCKET };
  return { target };
}

export const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

const malformed = (reason: string, detail: string): Refusal => ({
  kind: 'malformed-request',
  detail,
  reason,
  close: true,
});

const BAD_VERSION = malformed('bad-version', 'Only HTTP/1.0 and HTTP/1.1 are supported.');
const BAD_HOST = malformed('bad-host', 'Send exactly one Host field with a host name and, optionally, a port.');
const BAD_AUTHORIZATION = malformed('bad-authorization', 'Send at most one Authorization field.');
const BAD_FRAMING = malformed('bad-framing', 'Transfer-Encoding must be "chunked", once, and only in HTTP/1.1.');
const BAD_TARGET = malformed(
  'bad-target',
  'The request target must be an absolute path without dot segments, empty segments or encoded separators.',
);
const UNKNOWN_CODING: Refusal = {
  kind: 'not-implemented',
  detail: 'The only transfer coding supported is "chunked".',
  reason: 'coding',
  close: true,
};
const TRACE: Refusal = {
  kind: 'method-not-allowed',
  detail: 'TRACE is not allowed.',
  extra: { headers: { allow: METHODS } },
};
const WEBSOCKET: Refusal = {
  kind: 'not-implemented',
  detail: 'WebSocket connections are not supported.',
  reason: 'upgrade',
  close: true,
};

function checkVersion({ httpVersionMajor, httpVersionMinor }: IncomingMessage): Refusal | undefined {
  return httpVersionMajor === 1 && httpVersionMinor <= 1 ? undefined : BAD_VERSION;
}

function checkFieldCount({ rawHeaders }: IncomingMessage, { maxHeaders }: MessageLimits): Refusal | undefined {
  if (rawHeaders.length <= 2 * maxHeaders) return undefined;
  return { kind: 'headers-too-large', detail: `Send at most ${maxHeaders} header fields.`, close: true };
}

/** RFC 9112 §3.2: exactly one in HTTP/1.1, at most one in HTTP/1.0. node:http keeps the first of several. */
function checkHost({ rawHeaders, headers, httpVersionMinor }: IncomingMessage): Refusal | undefined {
  const count = countFields(rawHeaders, 'host');
  if (count === 0) return httpVersionMinor === 1 ? BAD_HOST : undefined;
  return count === 1 && isHost(headers.host!) ? undefined : BAD_HOST;
}

/** Two readers could each use another one, and each see another caller. */
function checkAuthorization({ rawHeaders, headers }: IncomingMessage): Refusal | undefined {
  const isRepeated = headers.authorization !== undefined && countFields(rawHeaders, 'authorization') > 1;
  return isRepeated ? BAD_AUTHORIZATION : undefined;
}

/** RFC 9112 §6.1 and §6.3. Content-Length is checked by node:http, which refuses repeated and invalid ones. */
function checkFraming({ headers, httpVersionMinor }: IncomingMessage): Refusal | undefined {
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersionMinor !== 1 || headers['content-length'] !== undefined) return BAD_FRAMING;
  if (coding.toLowerCase() === 'chunked') return undefined;
  const isOtherCoding = /,\s*chunked$/i.test(coding) && !/^[\s,]*chunked|chunked\s*,/i.test(coding);
  return isOtherCoding ? UNKNOWN_CODING : BAD_FRAMING;
}

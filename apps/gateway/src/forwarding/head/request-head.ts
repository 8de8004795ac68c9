import { METHODS as NODE_METHODS } from 'node:http';
import { countLines } from '../../http1/index.ts';
import type { ClientRequest } from '../connection/client-request.ts';
import type { Limits } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import { isHost } from './host.ts';
import { originForm } from './request-target.ts';

/** What is wrong with a request's head, or undefined. Puts the target into origin-form. What is no HTTP at all never gets here. */
export function judgeHead(request: ClientRequest, limits: Limits): Refusal | undefined {
  const wrong = judgeFields(request, limits) ?? judgeFraming(request);
  if (wrong) return wrong;
  if (!KNOWN.has(request.method))
    return { kind: 'not-implemented', detail: 'There is no such method here.', reason: 'method', close: true };
  if (request.method === 'CONNECT')
    return { kind: 'not-implemented', detail: 'There is no tunnel here.', reason: 'tunnel', close: true };
  const target = originForm(request.url, request.headers.host);
  if (target === undefined) return malformed('bad-target', 'The address is not a plain path of this service.');
  if (request.url.length > limits.maxUrlBytes)
    return { kind: 'uri-too-long', detail: `An address has at most ${limits.maxUrlBytes} bytes.` };
  request.url = target;
  if (request.method === 'TRACE')
    return { kind: 'method-not-allowed', detail: 'TRACE is not allowed.', extra: { headers: { allow: METHODS } } };
  if (request.headers.upgrade !== undefined && /(?:^|,)\s*websocket/i.test(request.headers.upgrade))
    return { kind: 'not-implemented', detail: 'There is no WebSocket here.', reason: 'upgrade', close: true };
  return undefined;
}

export const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** What stands behind reads requests with node:http, which ends its connection at any other method. */
const KNOWN = new Set(NODE_METHODS);

const malformed = (reason: string, detail: string): Refusal => ({
  kind: 'malformed-request',
  detail,
  reason,
  close: true,
});

function judgeFields(request: ClientRequest, { maxHeaders }: Limits): Refusal | undefined {
  const { rawHeaders, headers } = request;
  if (rawHeaders.length > 2 * maxHeaders)
    return { kind: 'headers-too-large', detail: `A request has at most ${maxHeaders} header fields.`, close: true };
  const hosts = countLines(rawHeaders, 'host');
  // RFC 9112 §3.2: none in HTTP/1.1, more than one, or one that is no host.
  if (hosts > 1 || (hosts === 0 && request.minor === 1) || (hosts === 1 && !isHost(headers.host!)))
    return malformed('bad-host', 'A request has exactly one Host field, with a host and perhaps a port.');
  // Two readers could each pick another one, and each see another caller.
  if (headers.authorization !== undefined && countLines(rawHeaders, 'authorization') > 1)
    return malformed('bad-authorization', 'A request has at most one Authorization field.');
  return undefined;
}

/** A whole number that stays exact. */
const LENGTH = /^\d{1,15}$/;

/** RFC 9112 §6.1 and §6.3: one length, or the coding `chunked`, once, in HTTP/1.1. */
function judgeFraming({ headers, rawHeaders, minor }: ClientRequest): Refusal | undefined {
  const { 'transfer-encoding': coding, 'content-length': length } = headers;
  if (
    length !== undefined &&
    (coding !== undefined || !LENGTH.test(length) || countLines(rawHeaders, 'content-length') > 1)
  )
    return malformed('bad-framing', 'Where the body ends cannot be told from Content-Length.');
  if (coding === undefined || (coding.toLowerCase() === 'chunked' && minor === 1)) return undefined;
  if (/,\s*chunked$/i.test(coding) && !/^[\s,]*chunked|chunked\s*,/i.test(coding) && minor === 1)
    return { kind: 'not-implemented', detail: 'Transfer-Encoding can only be chunked.', reason: 'coding', close: true };
  return malformed('bad-framing', 'Where the body ends cannot be told from Transfer-Encoding.');
}

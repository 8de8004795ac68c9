import type { Refusal } from '../proxy/rules/refusal.ts';

export const CONNECT_UNSUPPORTED: Refusal = {
  kind: 'not-implemented',
  detail: 'CONNECT is not supported.',
  reason: 'tunnel',
  close: true,
};

/** Methods that node:http's parser does not know: RFC 9110 §15.6.2 asks for 501. */
const UNKNOWN_METHOD: Refusal = {
  kind: 'not-implemented',
  detail: 'The request method is not supported.',
  reason: 'method',
  close: true,
};

/** As node:http reports it. */
export interface ParserError extends Error {
  code?: string;
  bytesParsed?: number;
  rawPacket?: Buffer;
}

/** What an error of node:http's parser means for the client. */
export function refusalOf(error: ParserError, maxHeaderBytes: number): Refusal {
  switch (error.code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return {
        kind: 'headers-too-large',
        detail: `The request line and the header fields must not exceed ${maxHeaderBytes} bytes together.`,
        close: true,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        kind: 'request-timeout',
        detail: 'The request stopped arriving. Send the whole request again.',
        reason: 'slow-head',
        close: true,
      };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { kind: 'too-large', detail: 'The chunk extensions must not exceed 16384 bytes.', close: true };
    case 'HPE_INVALID_METHOD':
      return isRequestLine(error) ? UNKNOWN_METHOD : notHttp(error);
    default:
      return notHttp(error);
  }
}

const notHttp = ({ message }: Error): Refusal => ({
  kind: 'malformed-request',
  detail: `The bytes are not a valid HTTP/1.1 request: ${message.replace(/^Parse Error: /, '')}.`,
  reason: 'not-http',
  close: true,
});

/** Whether the line that the parser stopped at is a request line (RFC 9112 §3) with a method that it does not know. */
function isRequestLine({ rawPacket, bytesParsed = 0 }: ParserError): boolean {
  if (!rawPacket) return false;
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf('\n', bytesParsed - 1) + 1;
  return /^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/1\.[01]\r\n/.test(rawPacket.toString('latin1', start, start + 16 * 1024));
}

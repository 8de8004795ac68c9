import { STATUS_CODES, type ServerResponse } from 'node:http';
import { type AnswerFields, endToEnd } from '../headers/answer-headers.ts';

/** Passes a 1xx on (RFC 9110 §15.2); HTTP/1.0 has none, and 101 never comes this far. */
export function passInformational(response: ServerResponse, status: number, fields: AnswerFields): void {
  if (response.req.httpVersionMinor === 0 || response.headersSent || !response.socket) return;
  const list = endToEnd(status, fields);
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (let i = 0; i < list.length; i += 2) {
    // Node checks what it writes itself; this goes round it.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(list[i + 1]!)) return;
    head += `${list[i]}: ${list[i + 1]}\r\n`;
  }
  response.socket.write(`${head}\r\n`, 'latin1');
}

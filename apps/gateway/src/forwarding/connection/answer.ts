import { STATUS_CODES } from 'node:http';
import { keepAlive } from '#runtime';
import { dateLine, type HeaderList, headText, lowerCase, type Wire } from '../../http1/index.ts';
import type { ClientRequest } from './client-request.ts';

const KEEP_ALIVE = `connection: keep-alive\r\nkeep-alive: timeout=${keepAlive.serverSeconds}\r\n`;
const CLOSE = 'connection: close\r\n';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** Writes one answer to a client. The head goes out with the first bytes of the body, in one packet, unless these let themselves be waited for. */
export class Answer {
  /** 0 while there is none. */
  status = 0;
  /** The connection ends with this answer. */
  isLast: boolean;
  private framing: 'plain' | 'chunked' | 'bodiless' = 'plain';
  private head = '';

  constructor(
    private readonly wire: Wire,
    private readonly request: ClientRequest,
  ) {
    this.isLast = request.minor === 0 || /(?:^|,)\s*close\s*(?:,|$)/i.test(request.headers.connection ?? '');
  }

  /** Whether the client may have heard of it. */
  get begun(): boolean {
    return this.status !== 0;
  }

  /** RFC 9110 §15.2: what comes before the answer itself. HTTP/1.0 has none. @throws TypeError */
  writeInterim(status: number, fields: Readonly<HeaderList>): void {
    if (this.request.minor === 0 || this.begun) return;
    this.wire.write(`${headText(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, fields)}\r\n`);
  }

  /**
   * @param text the reason phrase. Default: the usual one
   * @param fields without those of the connection
   * @throws TypeError where a field cannot be sent; nothing has been written then
   */
  writeHead(status: number, text: string | undefined, fields: Readonly<HeaderList>): void {
    let head = headText(`HTTP/1.1 ${status} ${text ?? STATUS_CODES[status] ?? ''}`, fields);
    let hasLength = false;
    let hasDate = false;
    for (let i = 0; i < fields.length; i += 2) {
      const name = lowerCase(fields[i]!);
      if (name === 'content-length') hasLength = true;
      else if (name === 'date') hasDate = true;
    }
    if (!hasDate) head += dateLine();
    if (this.request.method === 'HEAD' || status === 204 || status === 304) this.framing = 'bodiless';
    else if (!hasLength && this.request.minor === 1) {
      this.framing = 'chunked';
      head += 'transfer-encoding: chunked\r\n';
    }
    this.status = status;
    this.head = `${head}${this.isLast ? CLOSE : KEEP_ALIVE}\r\n`;
  }

  /**
   * @param bytes good only until the call returns
   * @returns whether the client takes more
   */
  write(bytes: Buffer): boolean {
    if (this.framing === 'bodiless') return true;
    if (this.framing === 'plain') return this.send(this.head, bytes, '');
    return this.send(`${this.head}${bytes.length.toString(16)}\r\n`, bytes, '\r\n');
  }

  /** The body lets itself be waited for: the head goes out alone. */
  flushHead(): void {
    if (this.head) this.wire.write(this.head);
    this.head = '';
  }

  end(): void {
    this.flushHead();
    if (this.framing === 'chunked') this.wire.write(LAST_CHUNK);
  }

  /** The bytes are copied: they are not ours. */
  private send(before: string, bytes: Buffer, after: string): boolean {
    this.head = '';
    const whole = Buffer.allocUnsafe(before.length + bytes.length + after.length);
    whole.write(before, 'latin1');
    whole.set(bytes, before.length);
    if (after) whole.write(after, before.length + bytes.length, 'latin1');
    return this.wire.write(whole);
  }
}

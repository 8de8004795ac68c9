import type { Duplex } from 'node:stream';
import {
  type AnswerHead,
  type BodyReader,
  ChunkReader,
  CloseReader,
  countLines,
  fieldsOf,
  type HeaderList,
  HeadReader,
  headText,
  LengthReader,
  Malformed,
  parseAnswerHead,
  Wire,
} from '../../http1/index.ts';

/** What a line carries: one try to get a request answered. */
export interface Carried {
  readonly method: string;
  /** Nobody waits for it any more. */
  readonly over: boolean;
  /** It is its turn: the moment to send. Where no connection comes about, `failed` is called instead. */
  carriedBy(line: Line): void;
  /** An interim answer, or the head of the answer. */
  answerBegins(head: AnswerHead): void;
  /** @param bytes good only until the call returns. @returns whether it takes more */
  bytes(bytes: Buffer): boolean;
  /** All that has come so far has been handed on. */
  rested(): void;
  /** The upstream takes more of the request's body. */
  bodyRoom(): void;
  answerEnds(): void;
  /** The connection broke, or what came is no HTTP. */
  failed(error: Error): void;
}

/** Who keeps lines between requests. */
export interface LineKeeper {
  free(line: Line): void;
  gone(line: Line): void;
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** One connection to the upstream: one request at a time, nothing ahead of its answer. */
export class Line {
  /** Answers that came over it. A request that fails on a used one may have met a connection that was already dead. */
  served = 0;
  /** When it became free, on the clock of its keeper. */
  freeSince = 0;
  /** How long the upstream says that it keeps a free line, in milliseconds. */
  keptMs = Infinity;
  private readonly wire: Wire;
  private readonly reader: HeadReader;
  private carried: Carried | undefined;
  private body: BodyReader | undefined;
  private isChunked = false;
  /** The whole request has been written. */
  private isSent = true;
  private isLast = false;
  private failure: Error | undefined;

  /** @param socket connected; its bytes come by `take` */
  constructor(
    private readonly socket: Duplex,
    private readonly host: string,
    maxHeaderBytes: number,
    private readonly keeper: LineKeeper,
  ) {
    this.wire = new Wire(socket);
    this.reader = new HeadReader(maxHeaderBytes);
    socket.on('drain', () => this.carried?.bodyRoom());
    socket.on('error', (error) => (this.failure = error));
    socket.on('end', () => this.ended());
    socket.on('close', () => this.closed());
  }

  get isUsable(): boolean {
    return !this.socket.destroyed && this.socket.writable;
  }

  carry(carried: Carried): void {
    this.carried = carried;
    try {
      carried.carriedBy(this);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** @param hasBody whether `sendBody` and `endBody` follow. @throws TypeError where a field cannot be sent */
  sendHead(method: string, target: string, fields: Readonly<HeaderList>, hasBody: boolean): void {
    this.isChunked = hasBody && !fields.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-length');
    const framing = this.isChunked ? 'transfer-encoding: chunked\r\n' : '';
    const text = headText(`${method} ${target} HTTP/1.1\r\nhost: ${this.host}\r\nconnection: keep-alive`, fields);
    this.isSent = !hasBody;
    this.wire.write(`${text}${framing}\r\n`);
  }

  /** @returns whether it takes more */
  sendBody(bytes: Buffer): boolean {
    if (!this.isChunked) return this.wire.write(bytes);
    this.wire.write(`${bytes.length.toString(16)}\r\n`);
    this.wire.write(bytes);
    return this.wire.write('\r\n');
  }

  endBody(): void {
    if (this.isChunked) this.wire.write(LAST_CHUNK);
    this.isSent = true;
  }

  resume(): void {
    this.socket.resume();
  }

  /** Lets go of a request that nobody waits for: half an answer makes the connection useless. */
  drop(carried: Carried): void {
    if (this.carried !== carried) return;
    this.carried = undefined;
    this.destroy();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** What has come from the upstream. @param chunk good only until the call returns */
  take(chunk: Buffer): void {
    const { carried } = this;
    if (!carried) return this.destroy(); // Nobody has asked for anything.
    try {
      const end = this.read(chunk, carried);
      if (this.carried !== carried) return;
      if (end !== -1) this.finish(end === chunk.length);
      else carried.rested();
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** @returns where the answer ends in the chunk, -1 while it does not */
  private read(chunk: Buffer, carried: Carried): number {
    let at = 0;
    while (!this.body) {
      at = this.reader.read(chunk, at);
      if (at === -1) return -1;
      const head = parseAnswerHead(this.reader.text);
      // RFC 9110 §15.2: 100 may come without being asked for; the client has had its own.
      if (head.status < 200) checkInterim(head);
      if (head.status >= 200) this.body = this.bodyOf(head, carried.method);
      if (head.status !== 100) carried.answerBegins(head);
      if (this.carried !== carried) return -1;
    }
    at = this.body.read(chunk, at, this.pass);
    return this.body.whole ? at : -1;
  }

  private readonly pass = (bytes: Buffer): void => {
    if (this.carried && !this.carried.bytes(bytes)) this.socket.pause();
  };

  /** RFC 9112 §6.3. @throws Malformed where it is open to doubt */
  private bodyOf({ status, minor, fields: list }: AnswerHead, method: string): BodyReader {
    const fields = fieldsOf(list);
    const { 'transfer-encoding': coding, 'content-length': length } = fields;
    if (coding !== undefined && (length !== undefined || coding.toLowerCase() !== 'chunked' || minor === 0))
      throw new Malformed('Where the answer ends cannot be told from its Transfer-Encoding.');
    if (length !== undefined && !/^\d{1,15}$/.test(length))
      throw new Malformed('Where the answer ends cannot be told from its Content-Length.');
    this.isLast = minor === 0 || CLOSE.test(fields.connection ?? '');
    this.keptMs = keptMs(fields['keep-alive']);
    if (method === 'HEAD' || status === 204 || status === 304) {
      // Whoever wrongly sends a body with it may do so a moment later.
      if (method !== 'HEAD' && (coding !== undefined || Number(length ?? 0) > 0)) this.isLast = true;
      return new LengthReader(0);
    }
    if (coding !== undefined) return new ChunkReader();
    if (length !== undefined) return new LengthReader(Number(length));
    this.isLast = true;
    return new CloseReader();
  }

  /** @param isClean nothing came after the answer */
  private finish(isClean: boolean): void {
    const carried = this.carried!;
    this.carried = undefined;
    this.body = undefined;
    this.served++;
    if (isClean && this.isSent && !this.isLast && this.isUsable) {
      this.socket.resume();
      this.keeper.free(this);
    } else this.destroy();
    carried.answerEnds();
  }

  private ended(): void {
    if (this.body instanceof CloseReader && this.carried) this.finish(true);
    else this.fail(new Error('The upstream closed the connection.'));
  }

  private closed(): void {
    this.keeper.gone(this);
    this.fail(this.failure ?? new Error('The connection to the upstream is closed.'));
  }

  private fail(error: Error): void {
    const { carried } = this;
    this.carried = undefined;
    this.destroy();
    carried?.failed(error);
  }
}

const CLOSE = /(?:^|,)\s*close\s*(?:,|$)/i;

/** RFC 9110 §15.2: an interim answer ends with its head, another one follows it, and HTTP/1.0 has none. @throws Malformed */
function checkInterim({ status, minor, fields }: AnswerHead): void {
  if (status === 101) throw new Malformed('The upstream changed to a protocol that nobody asked for.');
  if (minor === 0 || countLines(fields, 'content-length') + countLines(fields, 'transfer-encoding') > 0)
    throw new Malformed('An interim answer says that it has a body.');
  if (CLOSE.test(fieldsOf(fields).connection ?? ''))
    throw new Malformed('An interim answer says that nothing follows it.');
}

/** A second less than the upstream says, so that no request meets a connection on its way out. */
function keptMs(field: string | undefined): number {
  const seconds = /(?:^|[,;\s])timeout=(\d+)/i.exec(field ?? '')?.[1];
  return seconds === undefined ? Infinity : Math.max(0, Number(seconds) - 1) * 1000;
}

import {
  type BodyReader,
  ChunkReader,
  type Fields,
  fieldsOf,
  type HeaderList,
  LengthReader,
  type RequestHead,
} from '../../http1/index.ts';
import type { Forwarded } from '../headers/forwarded.ts';

/** Who takes a request's body. */
export interface BodyConsumer {
  bytes(bytes: Buffer): void;
  whole(): void;
  /** The client has gone in mid-body. */
  gone(): void;
}

/** How a request steers the connection that it came by. */
export interface BodySource {
  readonly remoteAddress: string;
  /** Bytes that are there already may still come. */
  pause(): void;
  resume(): void;
}

/** A request of a client, as it came. */
export class ClientRequest {
  readonly method: string;
  /** The target; in origin-form once the head has been judged. */
  url: string;
  /** Of HTTP/1. */
  readonly minor: 0 | 1;
  /** In order and spelling of the wire. */
  readonly rawHeaders: Readonly<HeaderList>;
  readonly headers: Readonly<Fields>;
  /** What is believed of where it comes from. */
  forwarded: Forwarded | undefined;
  /** Its last byte has been read. */
  complete: boolean;
  private readonly body: BodyReader | undefined;
  private consumer: BodyConsumer | undefined;

  constructor(
    head: RequestHead,
    private readonly source: BodySource,
  ) {
    this.method = head.method;
    this.url = head.target;
    this.minor = head.minor;
    this.rawHeaders = head.fields;
    this.headers = fieldsOf(head.fields);
    this.body = readerOf(this.headers);
    this.complete = !this.body;
  }

  get hasBody(): boolean {
    return this.body !== undefined;
  }

  get remoteAddress(): string {
    return this.source.remoteAddress;
  }

  /** Gives the body to somebody else from now on. Until somebody takes it, it waits. */
  consume(consumer: BodyConsumer): void {
    this.consumer = consumer;
    this.source.resume();
  }

  pause(): void {
    this.source.pause();
  }

  resume(): void {
    this.source.resume();
  }

  /**
   * Takes what of a chunk belongs to the body, unless nobody wants it yet.
   * @returns where it ends in the chunk
   * @throws Malformed
   */
  feed(chunk: Buffer, from: number): number {
    if (!this.consumer || this.complete) return from;
    const at = this.body!.read(chunk, from, this.pass);
    if (this.body!.whole) {
      this.complete = true;
      this.consumer.whole();
    }
    return at;
  }

  /** The connection is over. */
  gone(): void {
    if (!this.complete) this.consumer?.gone();
  }

  private readonly pass = (bytes: Buffer): void => this.consumer!.bytes(bytes);
}

/** RFC 9112 §6.3, for heads that have been found sound; the connection of any other one ends. */
function readerOf({ 'transfer-encoding': coding, 'content-length': length }: Fields): BodyReader | undefined {
  if (coding !== undefined) return new ChunkReader();
  return length === undefined || Number(length) === 0 ? undefined : new LengthReader(Number(length));
}

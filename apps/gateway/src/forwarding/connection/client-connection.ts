import type { Socket } from 'node:net';
import { keepAlive } from '#runtime';
import { HeadReader, parseRequestHead, Wire } from '../../http1/index.ts';
import type { Timed } from '../limits/deadlines.ts';
import type { Limits } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import type { Answer } from './answer.ts';
import { ClientRequest } from './client-request.ts';
import { lastWords, refusalOf, SLOW_HEAD } from './last-words.ts';

/** How long a client has to read why its connection is closed. */
const CLOSE_MS = 1_000;
const KEEP_ALIVE_MS = keepAlive.serverSeconds * 1000;

/** One request and its answer, as its connection sees it. */
export interface Served {
  readonly answer: Answer;
  /** All has been said; at most it has to reach the client. */
  readonly over: boolean;
  /** Decides what becomes of the request. */
  begin(): void;
  /** The client takes more of the answer. */
  resume(): void;
  /** The bytes of the body turned out to be broken. */
  fail(refusal: Refusal, cause: unknown): void;
  /** The answer has reached the client, or the client has gone. */
  closed(): void;
}

/** What all connections share. */
export interface Household {
  readonly limits: Limits;
  /** In milliseconds. */
  readonly now: number;
  serve(request: ClientRequest, connection: ClientConnection): Served;
  /** Bytes were refused that never became a request. @param reason a word for metrics */
  refused(reason: string): void;
}

/** One connection of a client: its requests one after the other. */
export class ClientConnection implements Timed {
  watchedAt = -1;
  readonly wire: Wire;
  private readonly reader: HeadReader;
  private request: ClientRequest | undefined;
  private served: Served | undefined;
  /** What has come too early. */
  private rest: Buffer | undefined;
  /** Whoever reads the body wants no more of it for now. */
  private held = false;
  /** When it began to wait: for a request, for the rest of a head, or for the client to read. */
  private since: number;
  private answers = 0;
  /** All has been written, and waits for the client to read. */
  private isFlushing = false;
  /** Its last word has been said. */
  private ending = false;
  /** To be said when what is under way has been answered. */
  private complaint: Refusal | undefined;
  readonly remoteAddress: string;

  constructor(
    readonly socket: Socket,
    private readonly household: Household,
  ) {
    this.wire = new Wire(socket);
    this.reader = new HeadReader(household.limits.maxHeaderBytes);
    this.since = household.now;
    this.remoteAddress = socket.remoteAddress ?? '';
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('drain', () => this.served?.resume());
    socket.on('end', () => this.clientEnded());
    socket.on('error', () => undefined); // The end of the connection says it all.
    socket.on('close', () => this.closed());
  }

  pause(): void {
    this.held = true;
    this.socket.pause();
  }

  resume(): void {
    this.held = false;
    if (this.rest) this.takeRest();
    else this.socket.resume();
  }

  /** The answer has been written. */
  answered(): void {
    this.isFlushing = true;
    this.since = this.household.now;
    this.wire.whenWritten(this.finish);
  }

  /** Cuts an answer off so that nobody takes it for whole: without chunks or a length, only a reset says so. */
  cut(): void {
    if (this.request?.minor === 0) this.socket.resetAndDestroy();
    else this.socket.destroy();
  }

  /** Closes the connection where nothing is under way. */
  closeIdle(): void {
    if (!this.served && !this.reader.begun && !this.rest && !this.isReadingBody) this.socket.destroy();
  }

  tick(now: number): void {
    if (this.ending || (this.served && !this.isFlushing)) return;
    const idleMs = now - this.since;
    if (idleMs <= this.patienceMs) return;
    if (this.reader.begun && !this.isFlushing) this.sayLast(SLOW_HEAD);
    else this.socket.destroy();
  }

  private get patienceMs(): number {
    const { headersMs, idleBodyMs } = this.household.limits;
    if (this.isFlushing) return idleBodyMs;
    return this.reader.begun || this.answers === 0 ? headersMs : KEEP_ALIVE_MS;
  }

  private get isReadingBody(): boolean {
    return this.request !== undefined && !this.request.complete;
  }

  private take(chunk: Buffer): void {
    if (this.ending || this.complaint) return;
    try {
      if (this.rest) this.keep(chunk);
      else if (this.isReadingBody) this.keep(chunk.subarray(this.request!.feed(chunk, 0)));
      else if (this.served) this.keep(chunk);
      else this.takeHead(chunk);
    } catch (error) {
      this.complain(refusalOf(error), error);
    }
  }

  private takeHead(chunk: Buffer): void {
    const wasBegun = this.reader.begun;
    const end = this.reader.read(chunk, 0);
    // Empty lines are no beginning: they would keep a connection for nothing.
    if (!wasBegun && this.reader.begun) this.since = this.household.now;
    if (end === -1) return;
    this.request = new ClientRequest(parseRequestHead(this.reader.text), this);
    this.rest = end < chunk.length ? chunk.subarray(end) : undefined;
    this.served = this.household.serve(this.request, this);
    this.served.begin();
    if (this.rest && this.isReadingBody) this.takeRest();
  }

  /** What cannot be taken yet waits, and nothing more is read meanwhile. */
  private keep(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.rest = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    if (!this.isReadingBody && !this.served) process.nextTick(() => this.takeRest());
    else this.socket.pause();
  }

  private takeRest(): void {
    const { rest } = this;
    if (!rest || this.socket.destroyed) return;
    this.rest = undefined;
    this.take(rest);
    if (!this.rest && !this.held) this.socket.resume();
  }

  private readonly finish = (): void => {
    const { served } = this;
    if (!served) return; // The client has gone meanwhile.
    this.served = undefined;
    this.isFlushing = false;
    // Whoever read the body has got its last byte, or takes no more.
    this.held = false;
    this.answers++;
    this.since = this.household.now;
    served.closed();
    if (served.answer.isLast) this.end();
    else if (this.complaint) this.sayLast(this.complaint);
    else if (this.rest) process.nextTick(() => this.takeRest());
    else this.socket.resume();
  };

  /** The bytes are broken: they are the body of the request that is being served, or follow it, and are answered after it. */
  private complain(refusal: Refusal, cause: unknown): void {
    if (!this.served) this.sayLast(refusal);
    else if (!this.served.over && this.isReadingBody) this.served.fail(refusal, cause);
    else this.complaint = refusal;
  }

  private sayLast(refusal: Refusal): void {
    this.household.refused(refusal.reason ?? refusal.kind);
    this.wire.write(lastWords(refusal));
    this.end();
  }

  private end(): void {
    this.ending = true;
    this.socket.end();
    this.socket.resume();
    const timer = setTimeout(() => this.socket.destroy(), CLOSE_MS);
    this.socket.once('close', () => clearTimeout(timer));
  }

  /** A client that ends its side waits for nothing; HTTP knows no other sign that it has gone. */
  private clientEnded(): void {
    if (this.served && !this.served.over) this.socket.destroy();
    else this.socket.end();
  }

  private closed(): void {
    this.ending = true;
    const { served, request } = this;
    this.served = undefined;
    request?.gone();
    served?.closed();
  }
}

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { sendConnectionError } from '../proxy/error-response.ts';
import type { SlotHolder } from '../proxy/limits/fair-share.ts';
import type { Watched } from '../proxy/limits/timeout-checker.ts';
import type { Refusal } from '../proxy/rules/refusal.ts';
import type { ServerRequest } from '../proxy/rules/server-request.ts';

/** A request in progress, as its connection sees it. */
export interface ActiveRequest extends Watched {
  /** Nothing more may be sent to the client. */
  readonly isOver: boolean;
  /** The bytes of its body are not what they claim to be. */
  fail(refusal: Refusal, cause: unknown): void;
  /** The client has ended its side of the connection. */
  onClientEnd(): void;
}

/** Begins a request. */
export type RequestHandler = (request: ServerRequest, response: ServerResponse) => ActiveRequest;

/** One connection of a client: its requests are served one after the other, pipelined ones as well. */
export class ClientConnection implements SlotHolder, Watched {
  private active: ActiveRequest | undefined;
  /** The message that `active` serves. */
  private message: ServerRequest | undefined;
  private readonly waiting: [ServerRequest, ServerResponse][] = [];
  private idleSince: number;
  private isClosing = false;
  private hasClientEnded = false;
  private pendingError: Refusal | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly handler: RequestHandler,
    private readonly clock: () => number,
  ) {
    this.idleSince = clock();
    socket.on('end', () => this.onEnd());
  }

  /** No byte has ever come. */
  get isUnused(): boolean {
    return this.socket.bytesRead === 0;
  }

  serve(request: ServerRequest, response: ServerResponse): void {
    if (this.isClosing) return;
    if (this.active) {
      this.waiting.push([request, response]);
      this.socket.pause();
      return;
    }
    response.once('close', () => this.onResponseClosed());
    this.message = request;
    this.active = this.handler(request, response);
    if (this.hasClientEnded) this.active.onClientEnd();
  }

  /** The bytes are broken: they belong to the body of the request in progress, or follow it and are refused after it. */
  onBrokenBytes(refusal: Refusal, cause: unknown): void {
    if (!this.active) return this.closeWith(refusal);
    const isBody = this.waiting.length === 0 && !this.message!.complete;
    if (isBody && !this.active.isOver) this.active.fail(refusal, cause);
    else this.pendingError = refusal;
  }

  /** Sends the client the reason, and closes the connection. */
  closeWith(refusal: Refusal): void {
    if (this.isClosing) return;
    this.isClosing = true;
    if (this.socket.writable) sendConnectionError(this.socket, refusal);
    else this.socket.destroy();
  }

  waitsForClientSince(): number | undefined {
    return this.active ? undefined : this.idleSince;
  }

  /** The connection is watched, not each request: see `FairShare.slots`. */
  onTick(now: number): void {
    this.active?.onTick(now);
  }

  evict(): void {
    this.isClosing = true;
    this.socket.destroy();
  }

  private onEnd(): void {
    this.hasClientEnded = true;
    this.active?.onClientEnd();
  }

  private onResponseClosed(): void {
    this.active = undefined;
    this.idleSince = this.clock();
    const next = this.waiting.shift();
    // The last of several may be the one whose body is broken.
    if (next && (next[0].complete || !this.pendingError)) this.serve(...next);
    else if (this.pendingError) this.closeWith(this.pendingError);
    else if (!this.socket.destroyed) this.socket.resume();
  }
}

import type { ServerResponse } from 'node:http';
import { drainBody } from './drain-body.ts';
import { sendErrorResponse } from './error-response.ts';
import type { ForwardedRequest } from './forwarded-request.ts';
import { hasBody } from './request-body.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { Refusal } from './rules/refusal.ts';
import { informationalHeaders, responseHeaders, type UpstreamHeaders } from './rules/response-headers.ts';

export interface ClientEvents {
  /** The client has read what `sendData` held back. */
  onClientReady(): void;
  /** The response has been handed to the kernel, or the client is gone. */
  onClientClosed(): void;
}

/** A first part of a body up to this size is copied, so that it is written together with the header. */
const MAX_JOINED_BYTES = 16 * 1024;

/** Writes the response to a forwarded request: the upstream's, or an error response of the gateway. */
export class ClientResponse {
  private readonly fields: HeaderList = [];
  private hasSentContinue = false;
  private isBodyBegun = false;
  private isHolding = false;

  constructor(
    private readonly forwarded: ForwardedRequest,
    private readonly response: ServerResponse,
    private readonly events: ClientEvents,
  ) {
    response.on('close', () => events.onClientClosed());
  }

  /** The client does not read as fast as the upstream writes. */
  get isHeld(): boolean {
    return this.isHolding;
  }

  /** Adds fields to the response, whichever it will be. */
  addFields(fields: Readonly<HeaderList>): void {
    this.fields.push(...fields);
  }

  /** Sends `100 Continue` to a client that waits for it (RFC 9110 §10.1.1). */
  sendContinue(): void {
    if (this.awaitsContinue && !this.response.headersSent) this.response.writeContinue();
    this.hasSentContinue = true;
  }

  /** Sends bytes that mean nothing, where HTTP has such: 1.0 has no informational responses. */
  probe(): void {
    if (!this.isHttp10) this.response.writeContinue();
  }

  /** A client that does not read gets none: undici cannot pause them. */
  sendInformational(status: number, fields: UpstreamHeaders, raw: Readonly<HeaderList>): void {
    const { response } = this;
    if (this.isHttp10 || response.headersSent || response.socket?.writableNeedDrain) return;
    response.writeInformation(status, informationalHeaders(fields, raw));
  }

  /**
   * @param close close the connection after the response
   * @throws Error where node:http does not accept a field
   */
  sendHeader(status: number, fields: UpstreamHeaders, statusText: string | undefined, close: boolean): void {
    const list = responseHeaders(status, fields, this.forwarded.trace);
    for (const text of this.fields) list.push(text);
    if (close) list.push('connection', 'close');
    this.response.writeHead(status, statusText, list);
    // The header shares a packet with the body's first bytes, unless these come later.
    process.nextTick(() => {
      const { isBodyBegun, response } = this;
      if (!isBodyBegun && !response.writableEnded && !response.destroyed) response.flushHeaders();
    });
  }

  /** @returns whether more can be taken; where not, `onClientReady` follows */
  sendData(chunk: Buffer): boolean {
    const isTaken = this.isBodyBegun ? this.response.write(chunk) : this.sendFirst(chunk);
    this.isBodyBegun = true;
    if (isTaken) return true;
    if (!this.isHolding) this.response.once('drain', () => this.onDrain());
    this.isHolding = true;
    return false;
  }

  /** @param lingerMs how long the rest of the request's body is read and dropped, where the response did not wait for it */
  end(lingerMs: number): void {
    const { request } = this.forwarded;
    this.isHolding = false;
    // After the write has left node:http's queue: an end beside it would take a slower system call for nothing.
    process.nextTick(() => this.response.end());
    if (!hasBody(request) || request.complete) return;
    // The connection is kept where the rest is short.
    drainBody(request, lingerMs, (ended) => void (ended || request.socket.destroy()));
  }

  /** @returns the status */
  sendError(refusal: Refusal, { lingerMs, close }: { lingerMs: number; close: boolean }): number {
    const { request, trace } = this.forwarded;
    const { requestId, traceparent } = trace;
    sendErrorResponse(request, this.response, {
      refusal,
      requestId,
      headers: ['x-request-id', requestId, 'traceparent', traceparent, ...this.fields],
      // A client that still waits for `100 Continue` sends no body that could be drained.
      lingerMs: this.awaitsContinue ? 0 : lingerMs,
      close,
    });
    return this.response.statusCode;
  }

  /** Breaks a response off. Without chunks or a length, only a reset shows the client that it is incomplete. */
  cut(): void {
    const { socket } = this.forwarded.request;
    if (this.isHttp10) socket.resetAndDestroy();
    else socket.destroy();
  }

  /** node:http joins text with the header to one piece; the header and a buffer would take a slower system call. */
  private sendFirst(chunk: Buffer): boolean {
    if (chunk.length > MAX_JOINED_BYTES) return this.response.write(chunk);
    return this.response.write(chunk.toString('latin1'), 'latin1'); // Byte for byte.
  }

  private get awaitsContinue(): boolean {
    return this.forwarded.request.headers.expect !== undefined && !this.hasSentContinue;
  }

  private get isHttp10(): boolean {
    return this.forwarded.request.httpVersionMinor === 0;
  }

  private onDrain(): void {
    this.isHolding = false;
    this.events.onClientReady();
  }
}

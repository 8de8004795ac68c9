import type { Dispatcher } from 'undici';
import type { HeaderList } from '../rules/header-list.ts';
import { isValidInformational, type UpstreamHeaders } from '../rules/response-headers.ts';
import type { ConnectionAwareHandler, ConnectionHistory } from './connection.ts';
import { INVALID_RESPONSE, type UpstreamError, upstreamErrorOf } from './errors.ts';

/** The events of an attempt. Nothing follows `onUpstreamError`, `onResponseEnd` or an abort. */
export interface AttemptEvents {
  onSent(): void;
  onInformational(status: number, fields: UpstreamHeaders, raw: Readonly<HeaderList>): void;
  onResponse(status: number, fields: UpstreamHeaders, statusText: string | undefined): void;
  /** @param chunk stays valid. @returns whether more can be taken */
  onData(chunk: Buffer): boolean;
  onResponseEnd(): void;
  onUpstreamError(error: UpstreamError, cause: Error, reusedConnection: boolean): void;
}

const ABORTED = new Error('The response is no longer needed.');

/** One attempt to get a response from the upstream: the handler that undici calls. */
export class Attempt implements ConnectionAwareHandler {
  private connection: ConnectionHistory | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private isAborted = false;
  private isReused = false;
  private endsWithConnection = false;

  constructor(private readonly events: AttemptEvents) {}

  onConnectionAssigned(connection: ConnectionHistory): void {
    this.connection = connection;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isAborted) return controller.abort(ABORTED);
    this.controller = controller;
    this.isReused = this.connection!.responses > 0;
    this.events.onSent();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    fields: UpstreamHeaders,
    statusText?: string,
  ): void {
    if (this.isAborted) return;
    if (status < 200) return this.onInformational(controller, status, fields);
    this.connection!.countResponse();
    this.endsWithConnection =
      fields['content-length'] === undefined && fields['transfer-encoding'] === undefined && status !== 204;
    this.events.onResponse(status, fields, statusText);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.isAborted && !this.events.onData(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.isAborted) return;
    const { failure } = this.connection!;
    if (this.endsWithConnection && failure) this.fail(upstreamErrorOf(failure, true), failure);
    else this.events.onResponseEnd();
  }

  onResponseError(_: unknown, error: Error): void {
    if (!this.isAborted) this.fail(upstreamErrorOf(error, this.controller !== undefined), error);
  }

  resume(): void {
    this.controller?.resume();
  }

  /** Ends the request at the upstream: at once where it has been sent, else as soon as it would be. */
  abort(): void {
    this.isAborted = true;
    this.controller?.abort(ABORTED);
  }

  private onInformational(controller: Dispatcher.DispatchController, status: number, fields: UpstreamHeaders): void {
    const raw = ((controller.rawHeaders as (Buffer | string)[] | undefined) ?? []).map((text) =>
      typeof text === 'string' ? text : text.toString('latin1'),
    );
    if (isValidInformational(fields)) return this.events.onInformational(status, fields, raw);
    this.abort();
    this.fail(INVALID_RESPONSE, new Error(`The upstream sent an invalid ${status} response.`));
  }

  private fail(error: UpstreamError, cause: Error): void {
    this.isAborted = true;
    this.events.onUpstreamError(error, cause, this.isReused);
  }
}

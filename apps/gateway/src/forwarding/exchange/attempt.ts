import type { Dispatcher } from 'undici';
import type { AnswerFields } from '../headers/answer-headers.ts';
import { faultOf } from '../upstream/faults.ts';
import type { Carried, Line } from '../upstream/line.ts';
import type { Exchange } from './exchange.ts';
import { TooLarge, Unfinished } from './upload.ts';

const GONE = new Error('Nobody waits for this answer any more.');

/** One try to get an exchange answered: what undici calls while it carries a request. */
export class Attempt implements Carried {
  line: Line | undefined;
  /** The connection had served another request before: it may have been dead already. */
  usedLine = false;
  private controller: Dispatcher.DispatchController | undefined;
  private endsWithConnection = false;

  constructor(private readonly exchange: Exchange) {}

  /** Whether the request has gone out on a connection. */
  get sent(): boolean {
    return this.controller !== undefined;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.exchange.over) return controller.abort(GONE);
    this.controller = controller;
    this.usedLine = this.line!.served > 0;
    this.exchange.sent();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, fields: AnswerFields, text?: string): void {
    if (this.exchange.over) return;
    if (status < 200) return this.exchange.inform(status, fields);
    this.line!.served++;
    this.endsWithConnection =
      fields['content-length'] === undefined && fields['transfer-encoding'] === undefined && status !== 204;
    this.exchange.answer(status, fields, text);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.exchange.pass(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    const { failure } = this.line!;
    if (this.endsWithConnection && failure) this.onResponseError(null, failure);
    else this.exchange.finish();
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (this.exchange.over || error instanceof Unfinished) return; // The client's going ends the exchange by itself.
    if (error instanceof TooLarge) this.exchange.fail(error.refusal, error);
    else this.exchange.stumble(faultOf(error, this.sent), error);
  }

  resume(): void {
    this.controller?.resume();
  }

  /** Ends the request at the upstream, at once where it has been sent, else as soon as it would be. */
  abort(): void {
    this.controller?.abort(GONE);
  }
}

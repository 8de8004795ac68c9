import type { AnswerHead } from '../../http1/index.ts';
import { faultOf } from '../upstream/faults.ts';
import type { Carried, Line } from '../upstream/line.ts';
import type { Exchange } from './exchange.ts';

/** One try to get an exchange answered: what a line calls while it carries a request. */
export class Attempt implements Carried {
  readonly method: string;
  /** The connection had served another request before: it may have been dead already. */
  usedLine = false;
  private line: Line | undefined;
  private aborted = false;

  constructor(private readonly exchange: Exchange) {
    this.method = exchange.method;
  }

  /** Nobody waits for it any more. */
  get over(): boolean {
    return this.aborted || this.exchange.over;
  }

  carriedBy(line: Line): void {
    this.line = line;
    this.usedLine = line.served > 0;
    this.exchange.sentBy(line);
  }

  answerBegins(head: AnswerHead): void {
    if (this.over) return;
    if (head.status < 200) this.exchange.inform(head);
    else this.exchange.answerWith(head);
  }

  bytes(bytes: Buffer): boolean {
    return this.over || this.exchange.pass(bytes);
  }

  rested(): void {
    if (!this.over) this.exchange.rested();
  }

  bodyRoom(): void {
    if (!this.over) this.exchange.upload?.resume();
  }

  answerEnds(): void {
    if (!this.over) this.exchange.finish();
  }

  failed(error: Error): void {
    if (this.over) return;
    this.exchange.stumble(faultOf(error, this.line !== undefined), error);
  }

  resume(): void {
    this.line?.resume();
  }

  /** Ends the request at the upstream. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.line?.drop(this);
  }
}

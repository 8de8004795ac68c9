import { connect, type Socket } from 'node:net';
import { type Message, readHead, readMessage } from './http-text.ts';
import { until } from '../../../../../test/support/until.ts';

/** A client that writes the bytes it is told to, and keeps those it gets. */
export class RawClient {
  /** Everything received and not yet taken by `reply`. */
  text = '';
  received = 0;
  /** Whether the text is kept; else only counted. */
  keep = true;
  /** How the connection ended, once it has. */
  ended: 'no' | 'fin' | 'reset' = 'no';
  readonly socket: Socket;

  constructor(port: number, { localAddress }: { localAddress?: string } = {}) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, ...(localAddress && { localAddress }) });
    this.socket.on('data', (bytes) => {
      this.received += bytes.length;
      if (this.keep) this.text += bytes.toString('latin1');
    });
    this.socket.on('end', () => (this.ended = 'fin'));
    this.socket.on('error', () => (this.ended = 'reset'));
  }

  send(bytes: string | Buffer): this {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    return this;
  }

  /**
   * The next complete response; interim ones are in `interim`.
   * @throws where the connection ends first, or nothing whole comes in time
   */
  async reply({ head = false, deadlineMs = 120_000 } = {}): Promise<Message & { status: number; interim: string[] }> {
    const interim: string[] = [];
    for (;;) {
      let message: ReturnType<typeof readMessage>;
      await until(
        `a response, got ${this.text.slice(0, 500)}`,
        () => {
          const status = statusOf(readHead(this.text)?.startLine ?? '');
          const bodiless = head || status < 200 || status === 204 || status === 304;
          const closed = this.ended === 'fin';
          message = readMessage(this.text, { bodiless, untilClose: true, closed });
          if (!message && this.ended !== 'no')
            throw new Error(`Ended (${this.ended}) after: ${this.text.slice(0, 500)}`);
          return message !== undefined;
        },
        deadlineMs,
      );
      const status = statusOf(message!.startLine);
      const raw = this.text.slice(0, message!.length);
      this.text = this.text.slice(message!.length);
      if (status >= 200) return { ...message!, status, interim };
      interim.push(raw);
    }
  }

  /** Waits for the connection's end. */
  async end(deadlineMs = 120_000): Promise<'fin' | 'reset'> {
    await until('the end of the connection', () => this.ended !== 'no', deadlineMs);
    return this.ended as 'fin' | 'reset';
  }

  destroy(): void {
    this.socket.destroy();
  }
}

const statusOf = (startLine: string): number => Number(/^HTTP\/1\.[01] (\d{3})/.exec(startLine)?.[1] ?? 0);

import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Head, type Message, readHead, readMessage } from './http-text.ts';

/** A request as it arrived at the upstream. */
export interface Seen {
  head: Head;
  /** Once all of it is there. */
  whole: Promise<Message>;
  /** Undefined until then. */
  message: Message | undefined;
  socket: Socket;
  /** The connection ended before the test ended it. */
  dropped: boolean;
  /** How many requests its connection had carried before. */
  earlier: number;
}

/** Writes a response, or misbehaves. */
export type Script = (seen: Seen) => void | Promise<void>;

/** Sends 200 with two bytes once the request is complete. */
export const ok: Script = async ({ whole, socket }) => {
  await whole;
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
};

/** Writes exactly these bytes once the request is whole. */
export const respond =
  (bytes: string): Script =>
  async ({ whole, socket }) => {
    await whole;
    socket.write(bytes, 'latin1');
  };

/** An upstream that reads sockets itself, keeps what it saw, and responds as its script says. */
export class RawUpstream {
  readonly requests: Seen[] = [];
  readonly sockets = new Set<Socket>();
  /** Connections accepted so far. */
  connections = 0;
  script: Script = ok;
  private server: Server | undefined;

  get port(): number {
    return (this.server!.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The nth request that arrived. @throws Error where it did not */
  request(n: number): Seen {
    const seen = this.requests[n];
    if (!seen) throw new Error(`The upstream got ${this.requests.length} requests.`);
    return seen;
  }

  /** The same with its body. @throws Error where it is not complete */
  message(n: number): Message {
    const { message } = this.request(n);
    if (!message) throw new Error(`Request ${n} has not wholly arrived.`);
    return message;
  }

  async listen(port = 0, host = '127.0.0.1'): Promise<this> {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise<void>((resolve) => this.server!.listen(port, host, resolve));
    return this;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.connections++;
    this.sockets.add(socket);
    let text = '';
    let earlier = 0;
    let current: (Seen & { settle: (message: Message) => void }) | undefined;
    const advance = () => {
      if (!current) {
        const head = readHead(text);
        if (!head) return;
        let settle!: (message: Message) => void;
        const whole = new Promise<Message>((resolve) => (settle = resolve));
        current = { head, whole, message: undefined, socket, dropped: false, earlier: earlier++, settle };
        this.requests.push(current);
        void this.script(current);
      }
      const message = readMessage(text);
      if (!message) return;
      text = text.slice(message.length);
      current.message = message;
      current.settle(message);
      current = undefined;
      advance();
    };
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      advance();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      for (const seen of this.requests) if (seen.socket === socket) seen.dropped = true;
    });
  }
}

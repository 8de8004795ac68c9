import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const CHECK_MS = 500;
const CHECK_TIMEOUT_MS = 1_000;

/** Stands for the load balancer before the API tasks: passes connections on, in turn, to the tasks that are ready. */
export class Balancer {
  private readonly sockets = new Set<Socket>();
  private readonly ready = new Set<number>();
  private readonly server = createServer({ allowHalfOpen: true }, (client) => this.pass(client));
  private readonly checking: NodeJS.Timeout;
  private turn = 0;
  private readonly ports: number[];

  constructor(ports: number[]) {
    this.ports = ports;
    this.checking = setInterval(() => void this.check(), CHECK_MS);
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    await this.check();
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    clearInterval(this.checking);
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async check(): Promise<void> {
    await Promise.all(
      this.ports.map(async (port) => {
        const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
        const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal }).then(
          async (response) => (await response.arrayBuffer(), response.ok),
          () => false,
        );
        if (isReady) this.ready.add(port);
        else this.ready.delete(port);
      }),
    );
  }

  private pass(client: Socket): void {
    const ports = this.ready.size > 0 ? [...this.ready] : this.ports;
    const task = connect({ port: ports[this.turn++ % ports.length]!, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [[client, task], [task, client]] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroySoon();
      });
    } // prettier-ignore
  }
}

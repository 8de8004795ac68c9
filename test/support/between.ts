import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of one connection, or of a body as it was compressed. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'host',
  'content-length',
  'transfer-encoding',
  'content-encoding',
]);
const endToEnd = (headers: [string, string][]) => headers.filter(([name]) => !HOP_BY_HOP.has(name));

/** `swallow`: the request arrives, its response does not. */
export type Fate = 'forward' | 'swallow' | ((response: ServerResponse) => void);

/** Responds itself, with no body. */
export const refuse =
  (status: number, headers: Record<string, string> = {}): Fate =>
  (response) =>
    response.writeHead(status, headers).end();

/** Stands between a client and the API, does with each request what `fates` says, and forwards the rest. */
export class Between {
  readonly requests: IncomingMessage[] = [];
  url = '';
  fates: Fate[] = [];
  private readonly server = createServer((request, response) => {
    this.requests.push(request);
    void this.handle(request, response).catch(() => response.destroy());
  });

  constructor(private readonly apiUrl: string) {}

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  cutAll(): void {
    this.server.closeAllConnections();
  }

  stop(): void {
    this.server.close();
    this.cutAll();
  }

  get keys(): unknown[] {
    return this.requests.map(({ headers }) => headers['idempotency-key']);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fate = this.fates.shift() ?? 'forward';
    const chunks = await request.toArray();
    if (typeof fate === 'function') return fate(response);
    const forwarded = await fetch(this.apiUrl + request.url, {
      method: request.method!,
      headers: endToEnd(Object.entries(request.headers as Record<string, string>)),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks as Buffer[]) }),
    });
    if (fate === 'swallow') return void request.socket.destroy();
    response.writeHead(forwarded.status, Object.fromEntries(endToEnd([...forwarded.headers])));
    response.flushHeaders();
    for await (const chunk of forwarded.body!) response.write(chunk);
    response.end();
  }
}

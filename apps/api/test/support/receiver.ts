import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver of webhooks got it. */
export interface ReceivedRequest {
  /** `webhook-id`. */
  id: string;
  headers: Record<string, string>;
  body: string;
}

type Respond = (response: ServerResponse, received: ReceivedRequest, request: IncomingMessage) => void;

/** A receiver of webhooks: a real HTTP server. */
export interface Receiver {
  url: string;
  port: number;
  requests: ReceivedRequest[];
  ids: () => string[];
  /** How it responds from now on. Default: 204. */
  respond: Respond;
  closeConnections: () => void;
  close: () => Promise<void>;
}

export const respondWith =
  (status: number, headers: Record<string, string> = {}): Respond =>
  (response) =>
    response.writeHead(status, headers).end();

export async function startReceiver(respond: Respond = respondWith(204)): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => (body += String(bytes)));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const received = { id: headers['webhook-id']!, headers, body };
      receiver.requests.push(received);
      receiver.respond(response, received, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/events`,
    port,
    requests: [],
    ids: () => receiver.requests.map(({ id }) => id),
    respond,
    closeConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the proxy does with the bytes of a direction: passes them, drops them, or sends others in their place. */
export type Fault = 'cut' | 'stall' | 'garbage';

/** Stands between a client and a server and breaks the connections to it at chosen points. */
export interface TcpProxy {
  url: string;
  /** Breaks the next connection on which the client's bytes match. */
  breakOn: (pattern: RegExp, fault: Fault) => void;
  /** Leads new connections to another server. */
  leadTo: (target: string) => void;
  /** Ends the connections that are open. */
  cutAll: () => void;
  close: () => Promise<void>;
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let rule: { pattern: RegExp; fault: Fault } | undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let isStalled = false;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (bytes) => isStalled || client.write(bytes));
    client.on('data', (bytes) => {
      if (isStalled) return;
      if (!rule?.pattern.test(bytes.toString('latin1'))) return void upstream.write(bytes);
      const { fault } = rule;
      rule = undefined;
      if (fault === 'cut') return void client.destroy();
      isStalled = true;
      if (fault === 'garbage') client.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cutAll = () => open.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    breakOn: (pattern, fault) => (rule = { pattern, fault }),
    leadTo: (other) => ({ hostname, port } = new URL(other)),
    cutAll,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cutAll();
      await closed;
    },
  };
}

import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a peer is told of the limits that it has a setting for; each is undefined where its own default is to hold. */
export interface ProxySettings {
  port?: number;
  /** From the request to the answer's first byte. */
  firstByteMs?: number | undefined;
  /** Without a byte of the answer's body. */
  idleBodyMs?: number | undefined;
  connectMs?: number | undefined;
  server?: Pick<ServerOptions, 'maxHeaderSize' | 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>;
}

export interface Proxy {
  port: number;
  close(): Promise<void>;
}

/** Each peer exports one as `start`. */
export type Start = (upstream: string, settings: ProxySettings) => Promise<Proxy>;

/** A node:http server around a listener. */
export async function listen(
  listener: RequestListener,
  { port = 0, server: options = {} }: ProxySettings,
): Promise<Proxy> {
  const server = createServer(options, listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

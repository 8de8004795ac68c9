import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Forwarder, type ForwarderOptions } from '../../../src/forwarding/index.ts';
import type { Proxy, StartProxy } from './case.ts';

/** The forwarder on a server of its own, nothing else around it. @param own answers what the forwarder leaves to it */
export async function serveForwarder(
  options: ForwarderOptions,
  own?: RequestListener,
): Promise<Proxy & { forwarder: Forwarder }> {
  const forwarder = new Forwarder(options);
  const server = createServer({ noDelay: true }, own);
  forwarder.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await forwarder.close();
  };
  return { forwarder, port: (server.address() as AddressInfo).port, close };
}

export const startStockroom: StartProxy = (upstream, { trustedHops, limits }) =>
  serveForwarder({ upstream, ...(trustedHops !== undefined && { trustedHops }), ...(limits && { limits }) });

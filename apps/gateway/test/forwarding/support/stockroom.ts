import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProxyOptions } from '../../../src/proxy/proxy-options.ts';
import { ReverseProxy } from '../../../src/proxy/proxy.ts';
import { TRUST_NOTHING, type Trust } from '../../../src/proxy/rules/trust.ts';
import { GatewayServer } from '../../../src/server/gateway-server.ts';
import { routeRequests } from '../../../src/server/request-router.ts';
import type { Proxy, StartProxy } from './case.ts';

export interface ProxyServer extends Proxy {
  proxy: ReverseProxy;
  server: GatewayServer;
}

export interface ServeOptions extends ProxyOptions {
  trust?: Trust;
  /** Serves what is below `/own`. */
  application?: RequestListener;
}

/** The proxy on the gateway's server, without sessions, logs and the Nest application. */
export async function serveProxy({
  trust = TRUST_NOTHING,
  application,
  ...options
}: ServeOptions): Promise<ProxyServer> {
  const proxy = new ReverseProxy(options);
  const isForwarded = (target: string) => !application || !target.startsWith('/own');
  const handler = routeRequests({ proxy, trust, isForwarded, application: application ?? (() => undefined) });
  const server = new GatewayServer({
    limits: proxy.limits,
    trust,
    timeouts: proxy.timeouts,
    handler,
    onRefused: () => undefined,
  });
  const { http } = server;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await proxy.close();
  };
  return { proxy, server, port: (http.address() as AddressInfo).port, close };
}

export const startStockroom: StartProxy = (upstream, { trustedHops = 0, trustedHeaders = [], limits }) =>
  serveProxy({ upstream, limits, trust: { hops: trustedHops, headers: new Set(trustedHeaders) } });

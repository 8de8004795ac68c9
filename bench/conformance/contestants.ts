import type { Settings, StartProxy } from '../../apps/gateway/test/forwarding/support/case.ts';
import { startStockroom } from '../../apps/gateway/test/forwarding/support/stockroom.ts';
import type { ProxySettings, Start } from '../peers/proxies/proxy.ts';

export interface Contestant {
  name: string;
  start: StartProxy;
  /** Whether its refusals must be Stockroom's to the word; a peer's need the right status only. */
  ours: boolean;
}

/** Stockroom first. @throws Error where the peers are not installed */
export async function contestants(): Promise<Contestant[]> {
  return [
    { name: 'Stockroom', start: startStockroom, ours: true },
    await peer('@fastify/http-proxy', 'fastify-http-proxy'),
    await peer('http-proxy-middleware', 'http-proxy-middleware'),
  ];
}

async function peer(name: string, file: string): Promise<Contestant> {
  const { start } = (await import(`../peers/proxies/${file}.ts`)) as { start: Start };
  return { name, ours: false, start: (upstream, settings) => start(upstream, settingsOf(settings)) };
}

/** What of a case's limits a peer, or node:http under it, has a setting for. */
function settingsOf({ limits }: Settings): ProxySettings {
  if (!limits) return {};
  const { firstByteMs, idleBodyMs, connectMs, maxHeaderBytes, headersMs, requestMs } = limits;
  return {
    firstByteMs,
    idleBodyMs,
    connectMs,
    server: {
      ...(maxHeaderBytes && { maxHeaderSize: maxHeaderBytes }),
      ...(requestMs && { requestTimeout: requestMs }),
      ...(headersMs && { headersTimeout: headersMs, connectionsCheckingInterval: Math.ceil(headersMs / 4) }),
    },
  };
}

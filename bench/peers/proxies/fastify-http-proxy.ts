import httpProxy from '@fastify/http-proxy';
import { fastify } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { ProxySettings, Start } from './proxy.ts';

/** @fastify/http-proxy as its documentation sets it up, without a log. */
export const start: Start = async (upstream, settings) => {
  const app = fastify({ forceCloseConnections: true, ...(settings.server && { http: settings.server }) });
  await app.register(httpProxy, { upstream, undici: timeouts(settings) });
  await app.listen({ port: settings.port ?? 0, host: '127.0.0.1' });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
};

const timeouts = ({ firstByteMs, idleBodyMs, connectMs }: ProxySettings) => ({
  ...(firstByteMs && { headersTimeout: firstByteMs }),
  ...(idleBodyMs && { bodyTimeout: idleBodyMs }),
  ...(connectMs && { connect: { timeout: connectMs } }),
});

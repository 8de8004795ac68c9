import { Agent } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { listen, type Start } from './proxy.ts';

/** http-proxy-middleware on node:http, with connections that it keeps and the forwarded headers that it can write. */
export const start: Start = async (target, settings) => {
  const agent = new Agent({ keepAlive: true });
  const { firstByteMs } = settings;
  const forward = createProxyMiddleware({
    target,
    agent,
    xfwd: true,
    ...(firstByteMs && { proxyTimeout: firstByteMs }),
  });
  const proxy = await listen(
    (request, response) => forward(request, response, () => response.writeHead(404).end()),
    settings,
  );
  const close = async () => {
    await proxy.close();
    agent.destroy();
  };
  return { port: proxy.port, close };
};

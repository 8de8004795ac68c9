// The peers are installed when they are needed (package.json beside this file); the check of types does without them.
declare module '@fastify/http-proxy' {
  import type { FastifyPluginCallback } from 'fastify';
  const proxy: FastifyPluginCallback<{ upstream: string; undici?: object }>;
  export default proxy;
}

declare module 'http-proxy-middleware' {
  import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
  type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  export function createProxyMiddleware(options: {
    target: string;
    agent?: Agent;
    xfwd?: boolean;
    proxyTimeout?: number;
    logger?: object;
  }): Middleware;
}

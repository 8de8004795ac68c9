import { hostname } from 'node:os';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { keepAlive } from '#runtime';
import { Drain } from './drain.ts';
import { acceptJson, unstorable } from './json-body.ts';
import { NestLogger } from './logging.ts';
import type { Metrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

export interface HttpAppOptions {
  logger: Logger;
  metrics: Metrics;
  /** How many proxies before us are ours: that many entries of `X-Forwarded-For`, and the request id, are believed. Default: 0. */
  trustedHops?: number;
  /** The largest body that is read into memory. Default: 1 MiB. */
  bodyLimitBytes?: number;
}

/** A Nest application on Fastify with what every service of ours has: request ids, logs, metrics, JSON checked at the border, drain. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { logger, metrics, trustedHops = 0, bodyLimitBytes = 1024 * 1024 }: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    disableRequestLogging: true,
    trustProxy: trustedHops > 0 ? trustedHops : false,
    genReqId: (request: { headers: NodeJS.Dict<string | string[]> }) =>
      requestIdOf(request.headers['x-request-id'], trustedHops > 0),
    bodyLimit: bodyLimitBytes,
    keepAliveTimeout: keepAlive.serverSeconds * 1000,
    http: { headersTimeout: keepAlive.serverHeadersSeconds * 1000 },
    // A request that slipped in while the server closes is served, not refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const server = adapter.getInstance() as unknown as FastifyInstance;
  acceptJson(server);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  observe(server, app.get(Drain), metrics);
  return app;
}

/** Which task answered, for whoever looks at how requests are spread. */
const servedBy = hostname();

function observe(server: FastifyInstance, drain: Drain, metrics: Metrics): void {
  server.addHook('onRequest', (request, reply, done) => {
    // A string that a handler returns is JSON that PostgreSQL built; what is not JSON says so itself.
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('x-request-id', request.id)
      .header('x-served-by', servedBy);
    if (drain.draining) reply.header('connection', 'close');
    const wrong = request.url.length > 1 ? unstorable(request.query) : undefined;
    done(wrong ? new Problem('malformed-request', `The query ${wrong}.`) : undefined);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    const line = {
      requestId: request.id,
      method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (route.startsWith('/health')) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
}

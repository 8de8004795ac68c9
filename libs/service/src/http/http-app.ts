import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { keepAlive } from '#runtime';
import { Admission } from './admission.ts';
import { addAllowedMethods } from './allowed-methods.ts';
import { Drain } from '../process/drain.ts';
import { registerJsonParser } from '../input/json-parser.ts';
import { NestLogger } from '../process/logging.ts';
import type { Metrics } from '../process/metrics.ts';
import { addTracingHooks } from '../tracing/request-span.ts';
import { isTracing } from '../tracing/tracing.ts';
import { requestIdOf, type TraceHeader } from './request-id.ts';
import { addRequestHooks } from './request-hooks.ts';
import { handleClientError, refuseTunnel, sendFrameworkError } from './early-errors.ts';

export interface HttpAppOptions {
  logger: Logger;
  metrics: Metrics;
  /** How many proxies before us are ours: that many entries of `X-Forwarded-For` are accepted. Default: 0. */
  trustedHops?: number;
  /** What these proxies set themselves, whatever the client sent. Default: nothing. */
  trustedHeaders?: ReadonlySet<TraceHeader>;
  /** The largest body that is read into memory. Default: 1 MiB. */
  bodyLimitBytes?: number;
  /** How long the header of a request may take to arrive. Default: 20 s. */
  headersTimeoutMs?: number;
  /** How long a whole request may take to arrive, the largest upload included. Default: 15 minutes. */
  requestTimeoutMs?: number;
  /** Requests that are worked on at a time; others get 503 at once. Default: no limit. */
  maxConcurrentRequests?: number | undefined;
  /** Open connections of clients; others are closed at once. Default: no limit. */
  maxConnections?: number | undefined;
  /** Makes the server, where other requests than the application's come to it too; it then handles broken ones itself. */
  createServer?: (application: RequestListener) => Server;
}

/** A Nest application on Fastify with what every service of ours has: request ids, logs, metrics, validated JSON, drain. */
export async function createHttpApp(
  module: Type | DynamicModule,
  {
    logger,
    metrics,
    trustedHops = 0,
    trustedHeaders = new Set(),
    bodyLimitBytes = 1024 * 1024,
    headersTimeoutMs = 20_000,
    requestTimeoutMs = 900_000,
    maxConcurrentRequests,
    maxConnections,
    createServer,
  }: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const admission =
    maxConcurrentRequests === undefined ? undefined : new Admission(maxConcurrentRequests, trustedHeaders, metrics);
  const listen = (application: RequestListener) => {
    const listener = admission?.limit(application) ?? application;
    const server = createHttpServer(
      {
        keepAliveTimeout: keepAlive.serverSeconds * 1000,
        requestTimeout: requestTimeoutMs,
        headersTimeout: headersTimeoutMs,
        connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
        // A client may send 16 KiB of header; the gateway and the load balancers add to it.
        maxHeaderSize: 18 * 1024,
        // Refused with a problem instead.
        requireHostHeader: false,
      },
      listener,
    );
    // RFC 9112 §9.6: a client that has ended its side of the connection still gets its responses.
    Object.assign(server, { httpAllowHalfOpen: true, maxConnections });
    // RFC 9110 §10.1.1 lets a server pass over what it does not know; node:http would refuse it without a problem.
    return server.on('checkExpectation', listener).on('connect', refuseTunnel);
  };
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // One logger for all: what is logged of a request names its id itself.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    // A function, because Fastify 5.12 takes a number for `false`. Hop 0 is the peer of the socket.
    trustProxy: (_address: string, hop: number) => hop < trustedHops,
    genReqId: (request: { headers: IncomingHttpHeaders }) => requestIdOf(request.headers, trustedHeaders),
    bodyLimit: bodyLimitBytes,
    // A request that slipped in while the server closes is served, not refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: createServer ? () => undefined : handleClientError,
    serverFactory: createServer ?? listen,
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const server = adapter.getInstance<FastifyInstance>();
  registerJsonParser(server);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  admission?.closeOn(app.get(Drain));
  if (isTracing()) addTracingHooks(server, trustedHeaders.has('traceparent'));
  addRequestHooks(server, app.get(Drain), metrics, trustedHeaders.has('traceparent'));
  addAllowedMethods(server);
  return app;
}

/**
 * Not by Nest's own `listen`, which would write a port that is in use into the log before the command can explain it.
 * @returns the address, as a person at this machine says it
 */
export async function listenHttpApp(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  await app.init();
  const server = app.getHttpAdapter().getInstance();
  const url = await server.listen({ port, host, listenTextResolver: (address) => `listening on ${address}` });
  return url.replace(/127\.0\.0\.1|\[::1?\]/, 'localhost');
}

const SWEEP_MS = 100;

/** Closes the app when the requests in progress have got their responses, not when the last client closes its connection. */
export async function closeHttpApp(app: NestFastifyApplication): Promise<void> {
  // A connection whose response had begun before is kept alive by it, and idle after it.
  const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}

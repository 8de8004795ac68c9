import { createServer } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BuildVersion } from '#contracts';
import { createHttpApp, Drain, type HttpAppOptions, HOST_NAME } from '#service';
import { AppModule } from './app.module.ts';
import { Clock } from './clock.ts';
import { Door } from './door.ts';
import { Forwarder, type Limits, RateLimit } from './forwarding/index.ts';
import { ForwardingRecords } from './forwarding-records.ts';
import { CookieBearer } from './session/cookie-bearer.ts';
import { Principals } from './session/principals.ts';
import { Settings } from './settings.ts';
import { secureAnswers } from './web/security-headers.ts';
import { findWebBuild } from './web/web-build.ts';

export interface GatewayOptions extends HttpAppOptions {
  version: BuildVersion;
  /** Scheme, host and port of the API. */
  inventoryApiUrl: string;
  /** Scheme, host and port by which browsers reach the gateway. Default: what the request says. */
  publicOrigin?: string | undefined;
  limits?: Partial<Limits>;
  /** Default: none. */
  rateLimit?: { capacity: number; perSecond: number } | undefined;
  /** The folder of the built web interface. Default: where `npm run build` puts it. */
  webBuild?: string | undefined;
  /** For what expires. Default: the system's. */
  clock?: Clock;
}

/** A sign-in is the largest thing that the gateway itself reads. */
const BODY_BYTES = 16 * 1024;

/** The gateway, ready to listen: one server, whose forwarder takes `/api/*` and leaves the rest to the application. */
export async function createApp(options: GatewayOptions): Promise<NestFastifyApplication> {
  const { logger, metrics, version, limits = {}, clock = new Clock(), trustedHops = 0 } = options;
  const { webBuild = findWebBuild() } = options;
  const principals = new Principals(clock, options.publicOrigin);
  const rateLimit =
    options.rateLimit && new RateLimit({ ...options.rateLimit, principalOf: (request) => principals.of(request) });
  const settings = new Settings(options.inventoryApiUrl, options.publicOrigin, rateLimit);

  const app = await createHttpApp(AppModule.forRoot({ settings, clock, version, webBuild }), {
    logger,
    metrics,
    // The forwarder stands before it, and is believed.
    trustedHops: 1,
    bodyLimitBytes: BODY_BYTES,
    createServer: (listener) => createServer({ noDelay: true }, listener),
  });
  secureAnswers(app.getHttpAdapter().getInstance(), settings);

  const records = new ForwardingRecords(logger, metrics);
  const cookies = app.get(CookieBearer);
  const drain = app.get(Drain);
  const forwarder = new Forwarder({
    upstream: options.inventoryApiUrl,
    trustedHops,
    limits,
    ...(rateLimit && { rateLimit }),
    isOwn: (target) => !target.startsWith('/api/'),
    answerHeaders: ['x-served-by', HOST_NAME, 'x-content-type-options', 'nosniff'],
    prepare: (forwarding) => cookies.prepare(forwarding),
    observe: (ended) => {
      principals.learn(ended);
      records.note(ended);
    },
    refused: (reason) => records.refused(reason),
    draining: () => drain.draining,
  });
  forwarder.attach(app.getHttpServer());
  records.watch(forwarder);
  app.get(Door).forwarder = forwarder;
  return app;
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BuildVersion } from '#contracts';
import { createHttpApp, Drain, type HttpAppOptions, HOST_NAME } from '#service';
import { AppModule } from './app.module.ts';
import { Clock } from './clock.ts';
import { RateLimit } from './proxy/limits/rate-limit.ts';
import type { Limits } from './proxy/limits/limits.ts';
import { ReverseProxy } from './proxy/proxy.ts';
import { RequestLog } from './proxy/request-log.ts';
import { TRUST_NOTHING, type Trust } from './proxy/rules/trust.ts';
import { GatewayServer } from './server/gateway-server.ts';
import { routeRequests } from './server/request-router.ts';
import { CookieBearer } from './session/cookie-bearer.ts';
import { Principals } from './session/principals.ts';
import { Settings } from './settings.ts';
import { addSecurityHeaders } from './web/security-headers.ts';
import { findWebBuild, serveWebBuild } from './web/web-build.ts';

export interface GatewayOptions extends Pick<HttpAppOptions, 'logger' | 'metrics'> {
  version: BuildVersion;
  /** Scheme, host and port of the API. */
  inventoryApiUrl: string;
  /** Scheme, host and port by which browsers reach the gateway. Default: what the request says. */
  publicOrigin?: string | undefined;
  /** Default: nothing. */
  trust?: Trust;
  limits?: Partial<Limits>;
  /** Default: none. */
  rateLimit?: { capacity: number; perSecond: number } | undefined;
  /** The folder of the built web interface. Default: where `npm run build` puts it. */
  webBuild?: string | undefined;
  /** For what expires. Default: the system's. */
  clock?: Clock;
}

/** A sign-in is the largest body that the gateway itself reads. */
const BODY_BYTES = 16 * 1024;

/** The gateway, ready to listen: one server, which forwards `/api/*` and hands everything else to the Nest application. */
export async function createApp(options: GatewayOptions): Promise<NestFastifyApplication> {
  const { logger, metrics, version, limits, clock = new Clock(), trust = TRUST_NOTHING, inventoryApiUrl } = options;
  const { publicOrigin, webBuild = findWebBuild() } = options;
  const principals = new Principals(clock, { publicOrigin, trust });
  const principalOf = principals.of.bind(principals);
  const rateLimit = options.rateLimit && new RateLimit({ ...options.rateLimit, principalOf });
  const settings = new Settings(inventoryApiUrl, publicOrigin, trust, rateLimit);
  const log = new RequestLog(logger, metrics);

  const proxy = new ReverseProxy({
    upstream: inventoryApiUrl,
    limits,
    rateLimit,
    principalOf,
    responseHeaders: ['x-served-by', HOST_NAME, 'x-content-type-options', 'nosniff'],
    beforeForward: (request) => cookies.beforeForward(request),
    onRequestEnd: (record) => {
      principals.recordResponse(record);
      log.logRequest(record);
    },
    isDraining: () => drain.draining,
  });
  log.addGauges(() => proxy.stats());

  let server: GatewayServer | undefined;
  const app = await createHttpApp(
    AppModule.forRoot({ settings, clock, version, webBuild, proxy, server: () => server }),
    {
      logger,
      metrics,
      // The router sets these of each request itself.
      trustedHops: 1,
      trustedHeaders: new Set(['x-request-id', 'traceparent']),
      bodyLimitBytes: BODY_BYTES,
      createServer: (application) => {
        const isForwarded = (target: string) => target.startsWith('/api/');
        const handler = routeRequests({ proxy, trust, isForwarded, application });
        const onRefused = (reason: string) => log.countRefusal(reason);
        server = new GatewayServer({ limits: proxy.limits, trust, timeouts: proxy.timeouts, handler, onRefused });
        return server.http;
      },
    },
  );
  const [cookies, drain] = [app.get(CookieBearer), app.get(Drain)];
  addSecurityHeaders(app.getHttpAdapter().getInstance(), settings);
  await serveWebBuild(app, webBuild);
  return app;
}

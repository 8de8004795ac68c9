import type { Server } from 'node:http';
import type { Logger } from 'pino';
import {
  closeHttpApp,
  createLogger,
  Drain,
  failureText,
  Lifecycle,
  listenHttpApp,
  Metrics,
  notifyParent,
  startTracing,
  VERSION,
} from '#service';
import { createApp } from './app.ts';
import type { GatewayEnvironment } from './environment.ts';

/** The gateway, until a signal ends it. */
export async function serve(environment: GatewayEnvironment): Promise<void> {
  const { LOG_LEVEL, shutdownDelaySeconds, production, traced } = environment;
  const logger = createLogger({ name: 'gateway', level: LOG_LEVEL, readable: !production, traced });
  const lifecycle = new Lifecycle(logger, shutdownDelaySeconds);
  try {
    await start(environment, logger, lifecycle);
  } catch (error) {
    if (lifecycle.shuttingDown) return; // A signal came while it started.
    process.stderr.write(`${failureText(error)}\n`);
    logger.debug({ err: error }, 'the start failed');
    await lifecycle.shutDown('start failed', 1);
  }
}

async function start(environment: GatewayEnvironment, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { HOST, PORT, METRICS_PORT, GIT_SHA, PUBLIC_URL, INVENTORY_API_URL } = environment;
  if (environment.traced) lifecycle.onShutdown(await startTracing('gateway', logger));
  const metrics = new Metrics('gateway');
  const app = await createApp({
    logger,
    metrics,
    version: { version: VERSION, commit: GIT_SHA },
    inventoryApiUrl: new URL(INVENTORY_API_URL).origin,
    publicOrigin: PUBLIC_URL && new URL(PUBLIC_URL).origin,
    trust: environment.trust,
    limits: environment.limits,
    rateLimit: environment.rateLimit,
  });
  lifecycle.onShutdown(() => closeHttpApp(app));
  const metricsServer = await metrics.serve(METRICS_PORT, HOST);
  lifecycle.onShutdown(() => close(metricsServer));
  const url = await listenHttpApp(app, PORT, HOST);
  lifecycle.onDrain(() => (app.get(Drain).draining = true));
  notifyParent({ listening: url });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

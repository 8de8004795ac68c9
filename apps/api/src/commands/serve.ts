import type { Server } from 'node:http';
import type { Logger } from 'pino';
import {
  closeHttpApp,
  createLogger,
  Drain,
  Lifecycle,
  listenHttpApp,
  Metrics,
  notifyParent,
  startTracing,
  VERSION,
} from '#service';
import { createApp } from '../app.ts';
import { Database } from '../database/database.ts';
import { seedDemo } from '../demo/seed.ts';
import type { ApiEnvironment } from '../environment.ts';
import { banner, type StartupInfo } from './banner.ts';
import { networkList } from '../webhooks/request/address-policy.ts';
import { failureText } from './failure.ts';
import { migrateDatabase } from './migrate-database.ts';
import { DATA_FOLDER, readOrCreateSecret, openDatabase } from './open-database.ts';
import { ensureLocalAdmin, retryProductionAdmin, tryProductionAdmin } from './ensure-admin.ts';
import { warnOfOwnerRole } from './warn-of-owner-role.ts';

/** `main.js`, `main.js serve`: the API, until a signal ends it. */
export async function serve(environment: ApiEnvironment): Promise<void> {
  const { LOG_LEVEL, shutdownDelaySeconds, production, traced } = environment;
  const logger = createLogger({ name: 'api', level: LOG_LEVEL, readable: !production, traced });
  const lifecycle = new Lifecycle(logger, shutdownDelaySeconds);
  try {
    await start(environment, logger, lifecycle);
  } catch (error) {
    if (lifecycle.shuttingDown) return; // A signal came while it started.
    console.error(failureText(error));
    logger.debug({ err: error }, 'the start failed');
    await lifecycle.shutDown('start failed', 1);
  }
}

async function start(environment: ApiEnvironment, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { HOST, PORT, METRICS_PORT, GIT_SHA, TRUSTED_HOPS, production } = environment;
  if (environment.traced) lifecycle.onShutdown(await startTracing('api', logger));
  const opening = openDatabase(environment);
  lifecycle.onShutdown(() => opening.then(({ close }) => close(), nothing));
  const opened = await opening;
  const { options, replica, embedded } = opened;
  if ((environment.MIGRATE_ON_START ?? String(!production)) === 'true') await migrateDatabase(opened);
  const metrics = new Metrics('api');
  const app = await createApp({
    logger,
    metrics,
    database: options,
    replica,
    signingKey: environment.SIGNING_KEY ?? readOrCreateSecret('signing-key').value,
    version: { version: VERSION, commit: GIT_SHA },
    currency: environment.CURRENCY,
    timeZone: environment.TIME_ZONE,
    importMaxBytes: environment.IMPORT_MAX_BYTES,
    webhooks: { allowedNetworks: networkList(environment.WEBHOOK_ALLOWED_NETWORKS) },
    mail: environment.mail,
    trustedHops: TRUSTED_HOPS,
    trustedHeaders: environment.trustedHeaders,
    maxConcurrentRequests: environment.MAX_CONCURRENT_REQUESTS,
    maxConnections: environment.MAX_CONNECTIONS,
  });
  lifecycle.onShutdown(() => closeHttpApp(app));
  const metricsServer = await metrics.serve(METRICS_PORT, HOST);
  lifecycle.onShutdown(() => close(metricsServer));
  if (embedded && environment.DEMO_DATA === 'true' && (await seedDemo(app.get(Database))))
    logger.info('the sample shop is in the database');
  const signIn = production ? undefined : await ensureLocalAdmin(app.get(Database), environment);
  // Before it listens, so that a client that finds it ready can sign in.
  const hasAdmin = !production || (await tryProductionAdmin(app.get(Database), environment, logger));
  const url = await listenHttpApp(app, PORT, HOST);
  lifecycle.onDrain(() => (app.get(Drain).draining = true));
  notifyParent({ listening: url });
  if (environment.mail && !environment.PUBLIC_URL)
    logger.warn('PUBLIC_URL is not set: mails have no links, and a forgotten password cannot be replaced by mail');
  if (production) await warnOfOwnerRole(app.get(Database), logger);
  if (!hasAdmin) await retryProductionAdmin(app.get(Database), environment, logger);
  if (!signIn) return;
  const data = embedded ? `${DATA_FOLDER} (embedded PostgreSQL)` : 'the database of DATABASE_URL';
  const greeting: StartupInfo = { version: VERSION, url, data, signIn };
  if (!notifyParent({ greeting })) console.log(banner(greeting));
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
const nothing = () => undefined;

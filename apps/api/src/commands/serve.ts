import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { closeHttpApp, createLogger, Drain, Lifecycle, listenHttpApp, Metrics, tellParent, VERSION } from '#service';
import { createApp } from '../app.ts';
import { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { seedDemo } from '../demo/seed.ts';
import type { ApiEnvironment } from '../environment.ts';
import { banner, type Greeting } from './banner.ts';
import { failureText } from './failure.ts';
import { FOLDER, keptSecret, openDatabase } from './open-database.ts';
import { provideAdmin, provideFirstAdmin } from './provide-admin.ts';

/** `main.js`, `main.js serve`: the API, until a signal ends it. */
export async function serve(environment: ApiEnvironment): Promise<void> {
  const { LOG_LEVEL, lookAwaySeconds, production } = environment;
  const logger = createLogger({ name: 'api', level: LOG_LEVEL, readable: !production });
  const lifecycle = new Lifecycle(logger, lookAwaySeconds);
  try {
    await start(environment, logger, lifecycle);
  } catch (error) {
    if (lifecycle.ending) return; // A signal came while it started.
    console.error(failureText(error));
    logger.debug({ err: error }, 'the start failed');
    await lifecycle.end('start failed', 1);
  }
}

async function start(environment: ApiEnvironment, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { HOST, PORT, METRICS_PORT, COMMIT, TRUSTED_HOPS, production } = environment;
  const opening = openDatabase(environment);
  lifecycle.closeAtEnd(() => opening.then(({ close }) => close(), nothing));
  const { options, embedded } = await opening;
  if ((environment.MIGRATE_ON_START ?? String(!production)) === 'true') await migrateOnce(options);
  const metrics = new Metrics('api');
  const app = await createApp({
    logger,
    metrics,
    database: options,
    signingKey: environment.SIGNING_KEY ?? keptSecret('signing-key').value,
    version: { version: VERSION, commit: COMMIT },
    currency: environment.CURRENCY,
    importMaxBytes: environment.IMPORT_MAX_BYTES,
    trustedHops: TRUSTED_HOPS,
  });
  lifecycle.closeAtEnd(() => closeHttpApp(app));
  const metricsServer = await metrics.serve(METRICS_PORT, HOST);
  lifecycle.closeAtEnd(() => close(metricsServer));
  if (embedded && environment.DEMO_DATA === 'true' && (await seedDemo(app.get(Database))))
    logger.info('the sample shop is in the database');
  const signIn = production ? undefined : await provideAdmin(app.get(Database), environment);
  const url = await listenHttpApp(app, PORT, HOST);
  lifecycle.serving(() => (app.get(Drain).draining = true));
  tellParent({ listening: url });
  if (!signIn) return provideFirstAdmin(app.get(Database), environment, logger);
  const data = embedded ? `${FOLDER} (embedded PostgreSQL)` : 'the database of DATABASE_URL';
  const greeting: Greeting = { version: VERSION, url, data, signIn };
  if (!tellParent({ greeting })) console.log(banner(greeting));
}

async function migrateOnce(options: ConstructorParameters<typeof Database>[0]): Promise<void> {
  const database = new Database({ ...options, poolSize: 2 });
  try {
    await migrate(database.pool);
  } finally {
    await database.close();
  }
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
const nothing = () => undefined;

import { createLogger, endOnSignal, Metrics } from '#service';
import { createApp } from '../app.ts';
import { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { ApiEnvironment } from '../environment.ts';
import { VERSION } from '../version.ts';
import { keptSecret, openDatabase } from './open-database.ts';

/** `main.js`, `main.js serve`: the API, until a signal ends it. */
export async function serve(environment: ApiEnvironment): Promise<void> {
  const { HOST, PORT, METRICS_PORT, LOG_LEVEL, COMMIT, TRUSTED_HOPS, LOOK_AWAY_SECONDS, production } = environment;
  const logger = createLogger({ name: 'api', level: LOG_LEVEL, readable: !production });
  const metrics = new Metrics('api');
  const { options, close } = await openDatabase(environment);
  if ((environment.MIGRATE_ON_START ?? String(!production)) === 'true') await migrateOnce(options);
  const app = await createApp({
    logger,
    metrics,
    database: options,
    signingKey: environment.SIGNING_KEY ?? keptSecret('signing-key').value,
    version: { version: VERSION, commit: COMMIT },
    currency: environment.CURRENCY,
    trustedHops: TRUSTED_HOPS,
  });
  endOnSignal(app, logger, { lookAwaySeconds: LOOK_AWAY_SECONDS ?? (production ? 5 : 0), afterwards: close });
  await metrics.serve(METRICS_PORT, HOST);
  await app.listen(PORT, HOST);
  logger.info(`listening on ${await app.getUrl()}`);
}

async function migrateOnce(options: ConstructorParameters<typeof Database>[0]): Promise<void> {
  const database = new Database({ ...options, poolSize: 2 });
  await migrate(database.pool);
  await database.close();
}

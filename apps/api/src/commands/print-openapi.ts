import { createLogger, Metrics, VERSION } from '#service';
import { createApp } from '../app.ts';
import type { ApiEnvironment } from '../environment.ts';
import { openApiOf } from '../openapi/openapi.ts';

/** `main.js openapi`: prints the OpenAPI document, which the web interface's types are made from. Needs no database. */
export async function printOpenApi({ LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS }: ApiEnvironment): Promise<void> {
  const app = await createApp({
    // Nothing is asked of it.
    database: {
      url: 'postgres://127.0.0.1:1/none',
      tls: false,
      poolSize: 2,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: LOCK_TIMEOUT_MS,
    },
    signingKey: 'signs nothing, and is long enough to be one',
    version: { version: VERSION, commit: 'none' },
    logger: createLogger({ name: 'api', level: 'silent', readable: false }),
    metrics: new Metrics('api'),
  });
  console.log(JSON.stringify(openApiOf(app, VERSION), null, 2));
  await app.close();
}

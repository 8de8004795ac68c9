import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, type HttpAppOptions } from '#service';
import { AppModule, type AppOptions } from './app.module.ts';
import { Database } from './database/database.ts';
import { measurePools } from './database/database.metrics.ts';
import { EventStreams } from './events/stream/event-streams.ts';
import { addCacheControl } from './http/cache-control.ts';
import { registerJsonResponses } from './http/json-response.ts';
import { serveOpenApi } from './openapi/openapi.ts';

/** The whole API, ready to listen: the same for `main` and for tests. */
export async function createApp(options: AppOptions & HttpAppOptions): Promise<NestFastifyApplication> {
  const app = await createHttpApp(AppModule.forRoot(options), options);
  measurePools(options.metrics, app.get(Database));
  options.metrics.gauge(
    'event_streams',
    'Streams of the change feed that are open.',
    () => app.get(EventStreams).count,
  );
  addCacheControl(app.getHttpAdapter().getInstance());
  registerJsonResponses(app.getHttpAdapter().getInstance());
  serveOpenApi(app, options.version.version);
  return app;
}

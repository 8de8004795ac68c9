import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Metrics } from '#service';
import { createApp, type GatewayOptions } from '../../src/app.ts';
import { Clock } from '../../src/clock.ts';

/** The whole gateway on a real socket. */
export interface TestGateway {
  app: NestFastifyApplication;
  url: string;
  metrics: Metrics;
  clock: Clock;
  /** Everything that it logged, at the finest level and with nothing struck out. */
  log: string[];
  close: () => Promise<void>;
}

export async function startGateway(
  inventoryApiUrl: string,
  options: Partial<Omit<GatewayOptions, 'inventoryApiUrl'>> = {},
): Promise<TestGateway> {
  const log: string[] = [];
  const metrics = new Metrics('gateway');
  const clock = new Clock();
  const app = await createApp({
    inventoryApiUrl,
    version: { version: '0.0.0', commit: 'test' },
    logger: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    metrics,
    clock,
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), metrics, clock, log, close: () => app.close() };
}

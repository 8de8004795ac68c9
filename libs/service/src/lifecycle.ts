import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import { shutdown } from '#runtime';
import { Drain } from './drain.ts';

/**
 * On SIGTERM or SIGINT: readiness fails, serving goes on until the load balancer has looked away, what is in flight
 * finishes, everything closes, the process ends with 0; with 1 where that takes longer than the drain budget.
 */
export function endOnSignal(
  app: INestApplication,
  logger: Logger,
  { lookAwaySeconds, afterwards }: { lookAwaySeconds: number; afterwards?: () => Promise<void> },
): void {
  let ending = false;
  const end = async (signal: string) => {
    if (ending) return;
    ending = true;
    logger.info(`${signal}: draining`);
    setTimeout(() => process.exit(1), shutdown.drainBudgetSeconds * 1000).unref();
    app.get(Drain).draining = true;
    await sleep(lookAwaySeconds * 1000);
    await app.close();
    await afterwards?.();
    logger.info('drained');
    logger.flush(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
}

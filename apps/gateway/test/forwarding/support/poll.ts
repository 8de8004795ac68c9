import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition holds. @throws where it does not within `deadlineMs` */
export async function until(condition: () => boolean, what: string, deadlineMs = 120_000): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await sleep(2);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { TIMEOUT_MS } from './browser-window.ts';

/** Asserts again and again what a page has still to come to. Fails as the assertion did the last time. */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + TIMEOUT_MS; ; await sleep(50)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

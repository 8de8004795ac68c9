import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from './person.ts';

/** Asserts again and again what a page has still to come to. Fails as the assertion did the last time. */
export async function soon(assertion: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

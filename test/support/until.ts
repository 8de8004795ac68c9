import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until a condition holds, or gives a value.
 * @param what the condition in words: "the first event", "the banner says where to go"
 * @throws where that takes longer than `deadlineMs`
 */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  deadlineMs = 120_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const result = await condition();
    if (result !== undefined && result !== false) return result;
    if (Date.now() > end) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await sleep(10);
  }
}

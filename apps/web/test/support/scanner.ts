import type { CDPSession, Page } from 'playwright-core';

const KEY_GAP_MS = 5;

/** A scanner at a page. Its keys carry their own time, so that none of the gaps depends on how busy the machine is. */
interface Scanner {
  session: CDPSession;
  /** When its last key was, in milliseconds since the epoch. It may run ahead of the clock. */
  at: number;
}

const scanners = new WeakMap<Page, Scanner>();

/**
 * Types as a hand scanner does: all keys at once, then Enter.
 *
 * @param gap from Enter to Enter, in milliseconds
 */
export async function scan(page: Page, code: string, gap = 1_000): Promise<void> {
  const scanner = scanners.get(page) ?? { session: await page.context().newCDPSession(page), at: Date.now() };
  scanners.set(page, scanner);
  const keys = [...code, 'Enter'];
  const begin = scanner.at + gap - KEY_GAP_MS * (keys.length - 1);
  scanner.at += gap;
  await Promise.all(keys.map((key, index) => press(scanner.session, key, begin + KEY_GAP_MS * index)));
}

const CONTROL = 2;
/** Keys that type no text of their own; FNC1 is Ctrl+]. */
const KEYS: Record<string, { key: string; text?: string; windowsVirtualKeyCode?: number; modifiers?: number }> = {
  Enter: { key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 },
  '\u001d': { key: ']', modifiers: CONTROL },
};

/**
 * Presses a key, and is done when the page has heard it.
 *
 * @param at when, in milliseconds since the epoch
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchKeyEvent
 */
export async function press(session: CDPSession, key: string, at = Date.now()): Promise<void> {
  const timestamp = at / 1_000;
  const known = KEYS[key] ?? { key, text: key };
  await Promise.all([
    session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...known }),
    session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...known }),
  ]);
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { findChromium, FLAGS } from './chromium.ts';
import { startSystem, type System } from './system.ts';
import { BrowserWindow, type Role } from './browser-window.ts';

/** What a file of journeys plays on: one system, one browser. */
export class BrowserHarness {
  system!: System;
  browser!: Browser;
  private readonly windows: BrowserWindow[] = [];

  /** A browser window of its own, not signed in. */
  async openWindow(options: BrowserContextOptions = {}): Promise<BrowserWindow> {
    const person = await BrowserWindow.open(this.browser, this.system, options);
    this.windows.push(person);
    return person;
  }

  /** A browser window, signed in with this role, on this page. */
  async signIn(role: Role, path = '/items', options: BrowserContextOptions = {}): Promise<BrowserWindow> {
    const person = await this.openWindow(options);
    await person.signInAs(role);
    await person.page.goto(path);
    return person;
  }

  /** Closes all windows. @returns what went wrong in their windows meanwhile */
  async closeWindows(): Promise<string[]> {
    const people = this.windows.splice(0);
    await Promise.all(people.map((person) => person.close()));
    return people.flatMap(({ consoleErrors }) => consoleErrors);
  }
}

/**
 * Journeys in a real browser through the real gateway. Each fails where its page broke the Content-Security-Policy or
 * wrote an error to the console. `flags` are further ones for the browser. Without a Chromium: a line that says so, or in CI a failure.
 */
export function describeInBrowser(
  name: string,
  body: (harness: BrowserHarness) => void,
  flags: () => string[] = () => [],
): void {
  const executable = findChromium();
  const harness = new BrowserHarness();
  if (!executable) {
    const missing = 'no Chromium was found; name one in CHROMIUM';
    if (process.env.CI === 'true') return describe(name, () => it('has what it needs', () => expect(missing).toBe('')));
    process.stderr.write(`Skipped: ${name}: ${missing}.\n`);
    return describe.skip(name, () => body(harness));
  }
  describe(name, () => {
    beforeAll(async () => {
      [harness.system, harness.browser] = await Promise.all([
        startSystem(),
        chromium.launch({ executablePath: executable, args: [...FLAGS, ...flags()] }),
      ]);
    });
    afterEach(async () => expect(await harness.closeWindows()).toEqual([]));
    afterAll(async () => {
      await harness.browser.close();
      await harness.system.close();
    });
    body(harness);
  });
}

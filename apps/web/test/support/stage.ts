import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { findChromium, FLAGS } from './chromium.ts';
import { startSystem, type System } from './system.ts';
import { Person, type Role } from './person.ts';

/** What a file of journeys plays on: one system, one browser. */
export class Stage {
  system!: System;
  browser!: Browser;
  private readonly people: Person[] = [];

  /** Somebody at a browser window of their own, who has not signed in. */
  async visitor(options: BrowserContextOptions = {}): Promise<Person> {
    const person = await Person.arrive(this.browser, this.system, options);
    this.people.push(person);
    return person;
  }

  /** Somebody of this role, signed in and on this page. */
  async someone(role: Role, path = '/items', options: BrowserContextOptions = {}): Promise<Person> {
    const person = await this.visitor(options);
    await person.signInAs(role);
    await person.page.goto(path);
    return person;
  }

  /** Everybody goes. @returns what went wrong in their windows meanwhile */
  async clear(): Promise<string[]> {
    const people = this.people.splice(0);
    await Promise.all(people.map((person) => person.leave()));
    return people.flatMap(({ complaints }) => complaints);
  }
}

/**
 * Journeys in a real browser through the real gateway. Each fails where its page broke the Content-Security-Policy or
 * wrote an error to the console. Without a Chromium: a line that says so, or in CI a failure.
 */
export function describeInBrowser(name: string, body: (stage: Stage) => void): void {
  const executable = findChromium();
  const stage = new Stage();
  if (!executable) {
    const missing = 'no Chromium was found; name one in CHROMIUM';
    if (process.env.CI === 'true') return describe(name, () => it('has what it needs', () => expect(missing).toBe('')));
    process.stderr.write(`Skipped: ${name}: ${missing}.\n`);
    return describe.skip(name, () => body(stage));
  }
  describe(name, () => {
    beforeAll(async () => {
      [stage.system, stage.browser] = await Promise.all([
        startSystem(),
        chromium.launch({ executablePath: executable, args: FLAGS }),
      ]);
    });
    afterEach(async () => expect(await stage.clear()).toEqual([]));
    afterAll(async () => {
      await stage.browser.close();
      await stage.system.close();
    });
    body(stage);
  });
}

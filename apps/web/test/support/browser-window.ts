import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { isNetworkChange, repeatGotoOnNetworkChange } from './network-changes.ts';
import { ADMIN, type System } from './system.ts';

export type Role = 'viewer' | 'operator' | 'admin';

/** How long anything on a page may take to appear, in milliseconds: long enough for the busiest machine. */
export const TIMEOUT_MS = 60_000;

/** A browser window: its cookies, its page, and the errors in it. */
export class BrowserWindow {
  /** Errors in the console, which breaches of the Content-Security-Policy are too, and what a script threw. */
  readonly consoleErrors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly system: System,
  ) {
    repeatGotoOnNetworkChange(page);
    page.on('console', (message) => isUnexpectedError(message) && this.consoleErrors.push(message.text()));
    page.on('pageerror', (error) => this.consoleErrors.push(String(error.stack)));
  }

  static async open(browser: Browser, system: System, options: BrowserContextOptions): Promise<BrowserWindow> {
    const context = await browser.newContext({
      baseURL: system.url,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(TIMEOUT_MS);
    return new BrowserWindow(context, await context.newPage(), system);
  }

  /** Signs in without the page: the sign-in page has a journey of its own. */
  async signInAs(role: Role): Promise<typeof ADMIN> {
    const account = role === 'admin' ? ADMIN : await createAccount(this.system, role);
    const headers = { origin: this.system.url };
    const answer = await this.context.request.post('/session', { data: account, headers });
    if (!answer.ok()) throw new Error(`Sign-in failed as ${role}: ${await answer.text()}`);
    return account;
  }

  /** As when the session has run out. */
  dropSession = (): Promise<void> => this.context.clearCookies();

  /** @returns all that axe finds wrong with the page as it is now, in the light and in the dark */
  async accessibilityViolations(): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.waitForFunction(isSettled, colorScheme);
      // One frame needs no second page to put the results together. No rule that runs reads what axe would preload: the text
      // of style sheets that are still loading, which it puts into a style element, against the Content-Security-Policy.
      const axe = new AxeBuilder({ page: this.page }).setLegacyMode().options({ preload: false });
      // What is no colour is the same in the dark.
      if (colorScheme === 'dark') axe.withRules('color-contrast');
      const { violations } = await axe.analyze();
      const lines = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${colorScheme}: ${id}: ${html}`));
      found.push(...lines);
    }
    await this.page.emulateMedia({ colorScheme: null });
    return found;
  }

  close = (): Promise<void> => this.context.close();
}

/** Whether the page shows this colour scheme, and no colour is on its way to another any more. */
const isSettled = (colorScheme: string): boolean =>
  document.documentElement.dataset.mantineColorScheme === colorScheme &&
  document.getAnimations().every(({ playState }) => playState !== 'running');

/** An answer of the API that is a problem is no fault of the page, which shows it; a missing file of its own is. */
function isUnexpectedError(message: ConsoleMessage): boolean {
  if (message.type() !== 'error' || isNetworkChange(message.text())) return false;
  const isAnswer = message.text().startsWith('Failed to load resource: the server responded');
  return !(isAnswer && /\/(api\/|session|health)/.test(message.location().url));
}

/** One of this role, made when it is first needed. */
async function createAccount(system: System, role: Role): Promise<typeof ADMIN> {
  const known = accounts.get(system)?.[role];
  if (known) return known;
  const account = { email: `${role}-${randomUUID()}@example.com`, password: `a password for the ${role}` };
  const { status, body } = await system.admin.post('/users', { ...account, name: `Test ${role}`, role });
  if (status !== 201) throw new Error(`No ${role} could be made: ${JSON.stringify(body)}`);
  accounts.set(system, { ...accounts.get(system), [role]: account });
  return account;
}

const accounts = new WeakMap<System, Partial<Record<Role, typeof ADMIN>>>();

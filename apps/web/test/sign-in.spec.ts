import { expect, it } from '@jest/globals';
import { describeInBrowser } from './support/browser-harness.ts';
import { ADMIN } from './support/system.ts';

describeInBrowser('Signing in', (harness) => {
  it('brings a person back to the page that they had asked for', async () => {
    const { page } = await harness.openWindow();
    await page.goto('/items?q=mug');
    await page.getByLabel('Email').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Items' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/items?q=mug');
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('says in words what was wrong, without saying which part of it', async () => {
    const { page } = await harness.openWindow();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your email address.').waitFor();
    await page.getByText('Enter your password.').waitFor();
    await page.getByLabel('Email').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: true }).fill('another password');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').innerText()).toBe('The email address or the password is not right.');
  });

  it.each(['/', '/items'])('brings the first page, %s, with at most 200 kB of compressed script', async (path) => {
    const { page } = await harness.signIn('admin', path);
    // The network is never idle: the change feed goes on.
    await page.waitForFunction(() => {
      const loaded = performance.getEntriesByType('resource').map((entry) => entry as PerformanceResourceTiming);
      return performance.now() - Math.max(...loaded.map(({ responseEnd }) => responseEnd)) > 1_000;
    });
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry as PerformanceResourceTiming)
        .filter(({ name }) => name.endsWith('.js'))
        .map(({ encodedBodySize }) => encodedBodySize),
    );
    expect(scripts.length).toBeGreaterThan(1);
    expect(Math.min(...scripts)).toBeGreaterThan(0);
    expect(scripts.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(200_000);
  });

  it('has no accessibility violation, in the light and in the dark', async () => {
    const guest = await harness.openWindow();
    await guest.page.goto('/sign-in');
    await guest.page.getByLabel('Email').waitFor();
    expect(await guest.accessibilityViolations()).toEqual([]);
  });
});

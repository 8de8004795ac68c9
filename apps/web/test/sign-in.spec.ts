import { expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.ts';
import { describeInBrowser } from './support/browser-harness.ts';
import { smallTargets } from './support/target-sizes.ts';
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

  it('leads a person who forgot their password to a new one by mail, by keyboard alone and on a phone', async () => {
    const person = await harness.openWindow({ viewport: { width: 360, height: 640 } });
    const { page } = person;
    const { email } = await person.signInAs('viewer');
    await person.dropSession();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).press('Enter');
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByText('You get a link by mail').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('email');
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.keyboard.type('viewer');
    await page.keyboard.press('Enter');
    await page.getByText('Enter a whole email address').waitFor();
    await page.getByLabel('Email').fill(email);
    await page.keyboard.press('Enter');
    await page.getByText(`If an account has the address ${email}, a link is on its way there.`).waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);

    const mail = await until('the mail', () => harness.system.mails.find(({ to }) => to[0] === email));
    const link = new URL(/https:\S+#\S+/.exec(mail.text)![0]);
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await page.goto(link.pathname + link.hash);
    await page.getByLabel('New password').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByLabel('New password').fill('too short');
    await page.keyboard.press('Enter');
    await page.getByText('At least 12 characters.').waitFor();
    await page.getByLabel('New password').fill(`${email} and plates`);
    await page.keyboard.press('Enter');
    await page.getByText('must not contain the e-mail address').waitFor();
    await page.getByLabel('New password').fill('four plates under a lamp');
    await page.keyboard.press('Enter');
    await page.getByText('Your password is changed. Sign in with it.').waitFor();
    expect(sent.filter((request) => request.includes(link.hash.slice(1)))).toEqual([]);
    await page.getByRole('link', { name: 'Sign in' }).press('Enter');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('four plates under a lamp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Today' }).waitFor();

    for (const hash of [link.hash, '']) {
      await page.goto('about:blank');
      await page.goto(link.pathname + hash);
      if (hash) {
        await page.getByLabel('New password').fill('five spoons beside a clock');
        await page.keyboard.press('Enter');
      }
      await page.getByText('This link is not, or no longer, valid').waitFor();
      expect(await person.accessibilityViolations()).toEqual([]);
    }
  });

  it('has no accessibility violation, in the light and in the dark', async () => {
    const guest = await harness.openWindow();
    await guest.page.goto('/sign-in');
    await guest.page.getByLabel('Email').waitFor();
    expect(await guest.accessibilityViolations()).toEqual([]);
  });
});

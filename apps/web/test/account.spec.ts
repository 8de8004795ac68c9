import { expect, it } from '@jest/globals';
import { describeInBrowser } from './support/browser-harness.ts';
import { eventually } from './support/eventually.ts';

describeInBrowser('The account page', (harness) => {
  it('changes the own name and password by keyboard alone, and ends the other sessions', async () => {
    const person = await harness.openWindow();
    const account = await person.signInAs('viewer');
    const other = await harness.openWindow();
    await other.signInAs('viewer');
    const { page } = person;
    await page.goto('/items');
    await page.getByRole('link', { name: 'Account: Test viewer' }).press('Enter');
    await page.getByText('this one').waitFor();
    expect(await page.getByRole('button', { name: /^End the session of/ }).count()).toBe(1);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByLabel('Name').fill('Kim Viewer');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Account: Kim Viewer' }).waitFor();
    await page.getByLabel('Current password').fill('not my password');
    await page.getByLabel('New password').fill('four plates under a lamp');
    await page.keyboard.press('Enter');
    await page.getByText('is not your password').waitFor();
    expect(await page.getByLabel('New password').inputValue()).toBe('four plates under a lamp');
    await page.getByLabel('Current password').fill(account.password);
    await page.keyboard.press('Enter');
    await page.getByText('Your password is changed.').waitFor();
    await page.getByRole('button', { name: /^End the session of/ }).waitFor({ state: 'detached' });
    await eventually(async () => {
      const session = await other.context.request.get('/api/v1/account');
      expect(session.status()).toBe(401);
    });
  });

  it('ends one other session', async () => {
    const person = await harness.signIn('operator', '/account');
    const other = await harness.openWindow();
    await other.signInAs('operator');
    await person.page.getByRole('button', { name: /^End the session of/ }).click();
    await person.page.getByText('The session has ended.').waitFor();
    expect((await other.context.request.get('/api/v1/account')).status()).toBe(401);
    expect((await person.context.request.get('/api/v1/account')).status()).toBe(200);
  });

  it('shows the page in the chosen colours, also after a reload', async () => {
    const { page } = await harness.signIn('operator', '/account');
    await page.getByText('Dark', { exact: true }).click();
    const isDark = () => page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    await isDark();
    await page.reload();
    await isDark();
  });
});

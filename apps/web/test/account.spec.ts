import { expect, it } from '@jest/globals';
import { TOTP } from 'otpauth';
import { describeInBrowser } from './support/browser-harness.ts';
import { eventually } from './support/eventually.ts';
import { readQr } from './support/read-qr.ts';

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

  it('keeps what the person wants to be told of by mail', async () => {
    const { page } = await harness.signIn('operator', '/account');
    await page.getByRole('checkbox', { name: 'Low stock' }).press('Space');
    await page.getByText('Your alerts are saved.').waitFor();
    await page.reload();
    await page.getByRole('checkbox', { name: 'Low stock', checked: true }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(4);
    await page.getByRole('checkbox', { name: 'Low stock' }).press('Space');
    await page.getByRole('checkbox', { name: 'Low stock', checked: false }).waitFor();
  });

  it('shows the page in the chosen colours, also after a reload', async () => {
    const { page } = await harness.signIn('operator', '/account');
    await page.getByText('Dark', { exact: true }).click();
    const isDark = () => page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    await isDark();
    await page.reload();
    await isDark();
  });

  it('turns two-factor sign-in on, takes a code at the next sign-in, and turns it off, by keyboard alone', async () => {
    const person = await harness.openWindow();
    const { email, password } = await person.signInAs('operator');
    const { page } = person;
    await page.goto('/account');
    await page.getByRole('button', { name: 'Turn on two-factor sign-in' }).press('Enter');
    await page.getByRole('dialog').getByLabel('Current password').fill(password);
    await page.keyboard.press('Enter');
    const qr = page.getByRole('img', { name: 'QR code for the authenticator app' });
    await qr.waitFor();
    const totp = new TOTP({ secret: (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '') });
    expect(await readQr(await qr.screenshot())).toMatch(new RegExp(`^otpauth://totp/.*secret=${totp.secret.base32}&`));
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByLabel('Code that the app shows').fill('12345');
    await page.keyboard.press('Enter');
    await page.getByText('is not the code that the app shows now').waitFor();
    await page.getByLabel('Code that the app shows').fill(totp.generate());
    await page.keyboard.press('Enter');
    expect((await page.getByLabel('Recovery codes').inputValue()).split('\n')).toHaveLength(10);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'I have saved it' }).press('Enter');
    await page.getByRole('button', { name: 'Turn off two-factor sign-in' }).waitFor();

    await person.dropSession();
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    const code = page.getByLabel('Code');
    await code.waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await code.press('0');
    await page.keyboard.press('Enter');
    await page.getByText('The email address, the password or the code is not right.').waitFor();
    await code.fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /^Account:/ }).press('Enter');
    await page.getByRole('button', { name: 'Turn off two-factor sign-in' }).press('Enter');
    await page.getByRole('dialog').getByLabel('Current password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('Two-factor sign-in is off.').waitFor();
    await page.getByRole('button', { name: 'Turn on two-factor sign-in' }).waitFor();
  });
});

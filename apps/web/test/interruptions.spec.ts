import { expect, it } from '@jest/globals';
import { createItems, rowOf } from './support/items.ts';
import { describeInBrowser } from './support/browser-harness.ts';
import { ADMIN } from './support/system.ts';

const DESCRIPTION = 'Twelve lines of careful description';

describeInBrowser('What comes between a person and their work', (harness) => {
  it('loses nothing of a form when the session ends in its middle', async () => {
    const person = await harness.openWindow();
    const { email, password } = await person.signInAs('operator');
    const { page } = person;
    await page.goto('/items');
    await page.getByRole('button', { name: 'Add item' }).click();
    await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('LATE-01');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Written slowly');
    await page.getByLabel('Description').fill(DESCRIPTION);
    await person.dropSession();
    await page.getByRole('dialog').getByRole('button', { name: 'Add item' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    expect(await again.getByLabel('Email').inputValue()).toBe(email);
    await again.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Written slowly' }).waitFor();
    const { body } = await harness.system.admin.get('/items?sku=LATE-01');
    expect(body.items.map(({ description }: { description: string }) => description)).toEqual([DESCRIPTION]);
  });

  it('leaves nothing of one person to another who signs in after them, and sends nothing in their name', async () => {
    const { page, dropSession } = await harness.signIn('operator', '/items');
    await page.getByRole('button', { name: 'Add item' }).click();
    await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('MINE-01');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine alone');
    await dropSession();
    await page.getByRole('dialog').getByRole('button', { name: 'Add item' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.getByLabel('Email').fill(ADMIN.email);
    await again.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    const reloaded = page.waitForEvent('load');
    await page.keyboard.press('Enter');
    await reloaded;
    await page.getByRole('link', { name: 'People and keys' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect((await harness.system.admin.get('/items?sku=MINE-01')).body.items).toEqual([]);
  });

  it('opens a page that was asked for without a network, once the network is back', async () => {
    const person = await harness.signIn('operator', '/items');
    const { page, context } = person;
    await page.getByRole('heading', { name: 'Items' }).waitFor();
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Reservations' }).click();
    await page.getByText('The server cannot be reached', { exact: false }).first().waitFor();
    await context.setOffline(false);
    await page.getByText('Nothing is held').waitFor();
    await page.getByText('The server cannot be reached', { exact: false }).waitFor({ state: 'detached' });
    person.consoleErrors.length = 0; // The browser's own words for a request without a network.
  });

  it('opens what was asked for without a network on top of the page, once the network is back, and keeps the page', async () => {
    const person = await harness.signIn('operator', '/movements/new');
    const { page, context } = person;
    await page.getByLabel('Reference').fill('PO-OFFLINE');
    await page.getByRole('heading', { name: 'New movement' }).click();
    await context.setOffline(true);
    await page.keyboard.press('Control+k');
    await page.getByText('The server cannot be reached', { exact: false }).waitFor();
    expect(await page.getByLabel('Reference').inputValue()).toBe('PO-OFFLINE');
    await context.setOffline(false);
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    expect([await page.getByLabel('Reference').inputValue(), await page.getByText('You entered this').count()]).toEqual(
      ['PO-OFFLINE', 0],
    );
    person.consoleErrors.length = 0; // The browser's own words for a request without a network.
  });

  it('says that the API is unreachable, keeps what was typed, and goes on by itself when it is back', async () => {
    await createItems(harness.system, [{ sku: 'AWAY-01', name: 'Still to be seen' }]);
    const { page } = await harness.signIn('operator', '/items?q=AWAY');
    await rowOf(page, 'Still to be seen').waitFor();
    await page.getByRole('button', { name: 'Add item' }).click();
    await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('AWAY-02');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made once');
    await harness.system.stopApi();
    await page.keyboard.press('Enter');
    await page.getByText('There was no response. Try again').waitFor();
    const banner = page.getByText('The server cannot be reached. What you see may be out of date', { exact: false });
    await banner.waitFor();
    await harness.system.startApi();
    await banner.waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Made once');
    await page.getByRole('dialog').getByRole('button', { name: 'Add item' }).click();
    await page.getByRole('heading', { name: 'Made once' }).waitFor();
    const { body } = await harness.system.admin.get('/items?q=AWAY-02');
    expect(body.items.length).toBe(1);
  });
});

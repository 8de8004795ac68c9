import { beforeAll, expect, it } from '@jest/globals';
import { createItems, type CreatedItem } from './support/items.ts';
import { describeInBrowser } from './support/browser-harness.ts';

describeInBrowser('Dialogs', (harness) => {
  let item: CreatedItem;
  beforeAll(async () => {
    [item] = await createItems(harness.system, [{ sku: 'DIALOG-1', name: 'Stepladder' }]);
  });

  it('book 12, where Receive is pressed at once after the page has come and 12 and Enter follow before the dialog has', async () => {
    const { page } = await harness.signIn('operator', '/locations');
    await page.getByRole('heading', { name: 'Locations' }).waitFor();
    // What the dialog asks for comes late.
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/stock?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`/items/${item.id}`);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    letGo();
    await page.getByText('12 received.').waitFor();
    expect((await harness.system.admin.get('/items?sku=DIALOG-1')).body.items[0].onHand).toBe(12);
  });

  it('take into their first field what was typed while their script was loading, and no shortcut hears it', async () => {
    const { page } = await harness.signIn('operator', '/items');
    await page.getByRole('grid').waitFor();
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/assets/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Add item' }).click();
    await page.keyboard.type('go in');
    await page.keyboard.press('Backspace');
    letGo();
    const field = page.getByRole('textbox', { name: 'SKU', exact: true });
    await field.waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement && document.activeElement.value === 'go i'); // prettier-ignore
    expect(await field.inputValue()).toBe('go i');
    expect(new URL(page.url()).pathname).toBe('/items');
  });

  it.each([
    ['/items', 'Add item', 'SKU'],
    ['/reservations', 'Reserve', 'Reference'],
    ['/locations', 'Add location', 'Code'],
    ['/people', 'Add a person', 'Name'],
    ['/people', 'Make a key', 'Name'],
    ['/webhooks', 'Add a webhook', 'URL'],
    ['item', 'Receive', 'Quantity'],
    ['item', 'Count', 'Counted'],
    ['item', 'Edit', 'SKU'],
  ])('focus their first field, the first one after the page has loaded too: %s, %s', async (path, button, label) => {
    const { page } = await harness.signIn('admin', path === 'item' ? `/items/${item.id}` : path);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.keyboard.type('7');
    const field = page.getByRole('dialog').getByRole('textbox', { name: label, exact: true });
    await field.waitFor();
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value?.includes('7'));
    expect(await field.inputValue()).toContain('7');
  });

  it('ask before what was typed is lost: to Escape, to Back and to a reload', async () => {
    const { page } = await harness.signIn('operator', '/movements');
    await page.getByRole('heading', { name: 'Movements' }).waitFor();
    await page.getByRole('link', { name: 'Items' }).click();
    await page.getByRole('button', { name: 'Add item' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Half written');
    const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
    for (const leave of [() => page.keyboard.press('Escape'), () => page.goBack()]) {
      await leave();
      await question.waitFor();
      await question.getByRole('button', { name: 'Go on editing' }).click();
      await question.waitFor({ state: 'detached' });
      expect(await name.inputValue()).toBe('Half written');
    }
    const asked = page.waitForEvent('dialog');
    void page.reload().catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    expect(await name.inputValue()).toBe('Half written');
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Discard' }).click();
    await name.waitFor({ state: 'detached' });
  });

  it('close at once where nothing was entered', async () => {
    const { page } = await harness.signIn('operator', '/items');
    await page.getByRole('button', { name: 'Add item' }).click();
    await page.getByRole('textbox', { name: 'SKU', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByText('Discard what you entered?').count()).toBe(0);
  });
});

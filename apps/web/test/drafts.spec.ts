import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createItems, type CreatedItem } from './support/items.ts';
import { describeInBrowser } from './support/browser-harness.ts';
import type { BrowserWindow } from './support/browser-window.ts';
import { scan } from './support/scanner.ts';
import { ADMIN } from './support/system.ts';

describeInBrowser('What was entered and not saved', (harness) => {
  let item: CreatedItem;
  let count = 0;
  const levelOf = async (sku: string): Promise<number> =>
    (await harness.system.admin.get(`/items?sku=${sku}`)).body.items[0].onHand;
  beforeAll(() => harness.system.admin.post('/locations', { code: 'SHELF', name: 'Shelf' }));
  beforeEach(async () => {
    const sku = `DRAFT-${++count}`;
    [item] = await createItems(harness.system, [{ sku, name: `Draft ${count}` }]);
  });

  /** As the person who signs in sees it again after the session has ended and the tab was closed. */
  async function reopen({ context, page }: BrowserWindow, path: string): Promise<Page> {
    await page.close();
    const next = await context.newPage();
    await next.goto(path);
    return next;
  }

  async function signIn(page: Page, { email, password }: typeof ADMIN): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('into a receipt of an item stays after a reload, the end of the session and closing the tab, and is booked once', async () => {
    const person = await harness.openWindow();
    const account = await person.signInAs('operator');
    const { page } = person;
    await page.goto(`/items/${item.id}`);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByLabel('Quantity').fill('12');
    await page.getByLabel('Reference').fill('PO-77');
    await page.reload();
    const restored = page.getByText('You entered this', { exact: false });
    await restored.waitFor();
    expect(await page.getByLabel('Quantity').inputValue()).toBe('12');
    await person.dropSession();
    const next = await reopen(person, `/items/${item.id}`);
    await signIn(next, account);
    await next.getByRole('button', { name: 'Receive', exact: true }).click();
    await next.getByText('You entered this', { exact: false }).waitFor();
    expect(await next.getByLabel('Reference').inputValue()).toBe('PO-77');
    await next.getByLabel('Quantity').press('Enter');
    await next.getByText('12 received.').waitFor();
    await next.getByRole('button', { name: 'Receive', exact: true }).click();
    await next.getByLabel('Quantity').waitFor();
    expect([await next.getByLabel('Quantity').inputValue(), await levelOf(item.sku)]).toEqual(['', 12]);
  });

  it('is sent with its own key again where no answer had come, and so is booked once', async () => {
    const person = await harness.signIn('operator', `/items/${item.id}`);
    const { page } = person;
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByLabel('Quantity').fill('5');
    await page.route('**/api/v1/movements', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press('Enter');
    await page.getByText('There was no response. Try again').waitFor();
    const next = await reopen(person, `/items/${item.id}`);
    await next.getByRole('button', { name: 'Receive', exact: true }).click();
    await next.getByText('You entered this', { exact: false }).waitFor();
    await next.getByLabel('Quantity').press('Enter');
    await next.getByText('5 received.').waitFor();
    expect(await levelOf(item.sku)).toBe(5);
    person.consoleErrors.length = 0; // The browser's own words for a request without an answer.
  });

  it('is compared with what was on hand when the person counted', async () => {
    const person = await harness.signIn('operator', `/items/${item.id}`);
    await person.page.getByRole('button', { name: 'Count', exact: true }).click();
    await person.page.getByLabel('Counted').fill('3');
    await person.page.getByText('0 → 3 (+3)').waitFor();
    const lines = [{ item: item.id, location: { code: 'MAIN' }, quantity: 2 }];
    await harness.system.admin.post('/movements', { type: 'receipt', lines });
    const next = await reopen(person, `/items/${item.id}`);
    await next.getByRole('button', { name: 'Count', exact: true }).click();
    await next.getByText('0 → 3 (+3)').waitFor();
    await next.getByLabel('Counted').press('Enter');
    await next.getByText('The level was changed while you counted: it is 2 now.', { exact: false }).waitFor();
    expect(await levelOf(item.sku)).toBe(2);
  });

  it('is discarded by Cancel, by Start over and by the question after Escape', async () => {
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    const receive = page.getByRole('button', { name: 'Receive', exact: true });
    const quantity = page.getByLabel('Quantity');
    const restored = page.getByText('You entered this', { exact: false });
    const discards: (() => Promise<unknown>)[] = [
      () => page.getByRole('button', { name: 'Cancel' }).click(),
      async () => {
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Discard' }).click();
      },
      async () => {
        await page.reload();
        await restored.waitFor();
        await page.getByRole('button', { name: 'Start over' }).click();
        await restored.waitFor({ state: 'detached' });
        expect(await quantity.inputValue()).toBe('');
        await page.keyboard.press('Escape');
      },
    ];
    for (const discard of discards) {
      await receive.click();
      await quantity.fill('7');
      await discard();
      await quantity.waitFor({ state: 'detached' });
      await receive.click();
      await quantity.waitFor();
      expect([await quantity.inputValue(), await restored.count()]).toEqual(['', 0]);
      await page.keyboard.press('Escape');
      await quantity.waitFor({ state: 'detached' });
    }
  });

  it('into a document stays when the page is left, loaded again or closed, until it is booked', async () => {
    const person = await harness.signIn('operator', '/movements/new?type=count');
    const { page } = person;
    const pick = async (label: string, words: string, choice: string) => {
      await page.getByRole('combobox', { name: label }).fill(words);
      await page.getByRole('option', { name: choice }).click();
    };
    await page.getByLabel('Note').fill('Stock-taking');
    await pick('Item', item.sku, item.name);
    await pick('Location', 'SHELF', 'SHELF');
    await page.getByLabel('Counted').fill('4');
    await page.getByText('0 → 4 (+4)').waitFor();
    const whole = async (at: Page) => {
      await at.getByText('You entered this', { exact: false }).waitFor();
      await at.getByText('0 → 4 (+4)').waitFor();
      expect(await at.getByLabel('Note').inputValue()).toBe('Stock-taking');
    };
    await page.getByRole('link', { name: 'Items' }).click();
    await page.getByRole('grid').waitFor();
    await page.goBack();
    await whole(page);
    await page.reload();
    await whole(page);
    const next = await reopen(person, '/movements/new');
    await whole(next);
    await next.keyboard.press('Control+Enter');
    await next.getByRole('heading', { name: 'Counted' }).waitFor();
    expect(await levelOf(item.sku)).toBe(4);
    await next.goto('/movements/new');
    await next.getByLabel('Note').waitFor();
    expect([await next.getByLabel('Note').inputValue(), await next.getByText('You entered this').count()]).toEqual([
      '',
      0,
    ]);
  });

  it('by one person is not shown to another one', async () => {
    const person = await harness.signIn('operator', '/movements/new');
    await person.page.getByLabel('Reference').fill('MINE');
    await person.page.reload();
    await person.page.getByText('You entered this', { exact: false }).waitFor();
    await person.dropSession();
    const next = await reopen(person, '/movements/new');
    await signIn(next, ADMIN);
    await next.getByLabel('Reference').waitFor();
    expect([await next.getByLabel('Reference').inputValue(), await next.getByText('MINE').count()]).toEqual(['', 0]);
  });

  it('by scans of a window that was closed is offered to the next one', async () => {
    const person = await harness.signIn('operator', '/scan');
    await person.page.getByText('Ready. Scan at any time').waitFor();
    for (const code of ['SHELF', item.sku, item.sku]) await scan(person.page, code);
    const quantity = (page: Page) => page.getByLabel(`Quantity of ${item.name}`);
    await person.page.getByText('2 in all').waitFor();
    const next = await reopen(person, '/scan');
    await next.getByText('1 item, scanned last', { exact: false }).waitFor();
    await next.getByRole('button', { name: 'Continue' }).click();
    await quantity(next).waitFor();
    expect(await quantity(next).inputValue()).toBe('2');
    await next.getByRole('button', { name: 'Save count' }).click();
    await next.getByText('The count is saved.').waitFor();
    const last = await person.context.newPage();
    await next.close();
    await last.goto('/scan');
    await last.getByText('Ready. Scan at any time').waitFor();
    expect(await quantity(last).count()).toBe(0);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './support/eventually.ts';
import { scan } from './support/scanner.ts';
import { describeInBrowser } from './support/browser-harness.ts';

const LAMP = { sku: 'LAMP-01', name: 'Lamp, brass' };

/** The first of what the picker finds, by keyboard alone. */
async function pick(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).focus();
  await page.keyboard.type(words);
  // Until the words have been looked up, the list is still that of the field without them.
  await page.getByRole('option').first().filter({ hasText: words }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

describeInBrowser('Movements, reservations and locations', (harness) => {
  const onHand = async (): Promise<number> =>
    (await harness.system.admin.get('/items?sku=LAMP-01')).body.items[0].onHand;
  const receive = (quantity: number, reference: string) =>
    harness.system.admin.post('/movements', {
      type: 'receipt',
      reference,
      lines: [{ item: { sku: LAMP.sku }, location: { code: 'MAIN' }, quantity }],
    });

  beforeAll(async () => {
    await harness.system.admin.post('/items', LAMP);
    await receive(10, 'PO-1');
  });

  it('reverses a mistake, with who and why', async () => {
    await receive(500, 'PO-MISTAKE');
    const { page } = await harness.signIn('operator', '/movements?reference=PO-MISTAKE');
    await page.getByRole('row', { name: LAMP.name }).getByRole('link').click();
    await page.getByRole('button', { name: 'Reverse' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reverse' }).click();
    await dialog.getByText('Say why, for the people who read the ledger later.').waitFor();
    await dialog.getByLabel('Note').fill('The delivery note was for another shop');
    await dialog.getByRole('button', { name: 'Reverse' }).click();
    await page.getByRole('heading', { name: 'Reversed' }).waitFor();
    await page.getByText('The delivery note was for another shop').waitFor();
    await page.getByText('Test operator').first().waitFor();
    expect(await onHand()).toBe(10);
    await page.goto('/movements?reference=PO-MISTAKE');
    await page.getByRole('row', { name: 'Reversed' }).getByRole('link').click();
    await page.getByText('Reversed by').waitFor();
    expect(await page.getByRole('button', { name: 'Reverse' }).count()).toBe(0);
  });

  it('books a document by keyboard alone, and says at the line where there is not enough', async () => {
    const { page } = await harness.signIn('operator', '/movements');
    await page.getByRole('heading', { name: 'Movements' }).waitFor();
    await page.keyboard.press('c');
    await page.getByText('Goods come in.').waitFor();
    await page.getByRole('radio', { name: 'Receive' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Goods go out.').waitFor();
    await pick(page, 'Item', LAMP.name);
    await pick(page, 'Location', 'MAIN');
    await page.getByText('10 on hand').waitFor();
    await page.getByLabel('Quantity', { exact: true }).focus();
    await page.keyboard.type('11');
    await page.keyboard.press('Control+Enter');
    await page.getByText('11 asked for, 10 available here.').waitFor();
    expect(await onHand()).toBe(10);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Shipped' }).waitFor();
    expect(await onHand()).toBe(9);
  });

  it('takes the only match with Enter and with Tab, keeps words that match nothing, and takes a scanned barcode', async () => {
    const items = [
      { sku: 'VASE-01', name: 'Vase, tall', barcode: '4006381333931' },
      { sku: 'VASE-02', name: 'Vase, flat' },
    ];
    for (const item of items) await harness.system.admin.post('/items', item);
    const { page } = await harness.signIn('operator', '/movements/new');
    const item = page.getByRole('combobox', { name: 'Item' });
    const takes = (text: string) =>
      page.waitForFunction((wanted) => document.querySelector<HTMLInputElement>('[aria-label="Line 1"] input')?.value === wanted, text); // prettier-ignore
    await item.fill('flat');
    await page.keyboard.press('Enter');
    await takes('VASE-02 · Vase, flat');
    await item.fill('tall');
    await page.keyboard.press('Tab');
    await takes('VASE-01 · Vase, tall');
    await item.fill('vase');
    await page.keyboard.press('Tab');
    await page.getByText('“vase” matches several. Choose one of them.').waitFor();
    expect(await item.inputValue()).toBe('vase');
    await item.fill('');
    await item.focus();
    await scan(page, '4006381333931');
    await takes('VASE-01 · Vase, tall');
    expect(new URL(page.url()).pathname).toBe('/movements/new');
  });

  it('adds what is scanned, typed after a quantity, or pasted from a spreadsheet, and totals it', async () => {
    const items = [
      { sku: 'BOWL-01', name: 'Bowl, deep', barcode: '9780201379624' },
      { sku: 'BOWL-02', name: 'Bowl, shallow' },
    ];
    for (const item of items) await harness.system.admin.post('/items', item);
    const { page } = await harness.signIn('operator', '/movements/new?type=receipt');
    const entry = page.getByRole('combobox', { name: 'Scan or type' });
    const quantity = (line: number) => page.getByLabel(`Line ${line}`, { exact: true }).getByLabel('Quantity');
    const becomes = (line: number, value: string) =>
      eventually(async () => expect(await quantity(line).inputValue()).toBe(value));
    await entry.fill('12*bowl-02');
    await page.keyboard.press('Enter');
    await becomes(1, '12');
    await scan(page, '9780201379624');
    await scan(page, '9780201379624');
    await becomes(2, '2');
    await entry.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'BOWL-02\t3\nNO-SUCH-CODE\t1\n');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await page.getByText('No item matches “NO-SUCH-CODE”.').waitFor();
    await becomes(1, '15');
    await page.getByText('2 lines · 17 units').waitFor();
    await quantity(2).press('ArrowUp');
    await page.getByLabel('Line 2', { exact: true }).getByText('0 → 3 (+3)').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Received' }).waitFor();
    const levels = await Promise.all(items.map(({ sku }) => harness.system.admin.get(`/items?sku=${sku}`)));
    expect(levels.map(({ body }) => body.items[0].onHand)).toEqual([3, 15]);
    await page.getByRole('link', { name: 'Print labels' }).waitFor();
  });

  it('adds nothing that was not meant, keeps in sight what it did not add, and books nothing while an entry is left', async () => {
    const { admin } = harness.system;
    await admin.post('/items', { sku: 'CRATE-01', name: 'Crate', barcode: '4012345678901' });
    const { page } = await harness.signIn('operator', '/movements/new?type=receipt');
    const entry = page.getByRole('combobox', { name: 'Scan or type' });
    const enter = async (text: string) => {
      await entry.fill(text);
      await page.keyboard.press('Enter');
    };
    const quantities = () =>
      page.getByRole('listitem').getByLabel('Quantity').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value)); // prettier-ignore
    await enter('4012345678902');
    await page.getByText('No item matches “4012345678902”.').waitFor();
    await enter('crtae');
    await page.getByText('No item matches “crtae”.').waitFor();
    await enter('1.5*crate');
    await eventually(async () => expect(await quantities()).toEqual(['1.5']));
    await entry.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'CRATE-01\t\nCRATE-01\t2\n');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await eventually(async () => expect(await quantities()).toEqual(['1.5', '', '2']));
    await page.getByRole('alert').getByText('No item matches “4012345678902”.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('No item matches').first().waitFor({ state: 'detached' });
    await entry.fill('crate');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Press Enter to add this first, or empty the field.').waitFor();
    expect((await admin.get('/items?sku=CRATE-01')).body.items[0].onHand).toBe(0);
  });

  it('begins at the location that was booked last, and at that of the page that leads to it', async () => {
    const { body: place } = await harness.system.admin.post('/locations', { code: 'YARD', name: 'Yard' });
    const person = await harness.signIn('operator', `/locations/${place.id}`);
    const { page } = person;
    await page.getByRole('link', { name: 'Receive' }).click();
    const location = page.getByRole('combobox', { name: 'Location' });
    const isYard = () => eventually(async () => expect(await location.inputValue()).toBe('YARD · Yard'));
    await isYard();
    await page.getByRole('combobox', { name: 'Scan or type' }).fill(LAMP.sku);
    await page.keyboard.press('Enter');
    await page.getByText('0 → 1 (+1)').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Received' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Movements' }).click();
    await page.getByRole('heading', { name: 'Movements' }).waitFor();
    await page.keyboard.press('c');
    await isYard();
    const lines = [{ item: { sku: LAMP.sku }, location: { code: 'YARD' }, quantity: 1 }];
    await harness.system.admin.post('/movements', { type: 'issue', lines });
  });

  it('does not offer the location that things come from as the one that they go to', async () => {
    await harness.system.admin.post('/locations', { code: 'CELLAR', name: 'Cellar' });
    const { page } = await harness.signIn('operator', '/movements/new?type=transfer');
    await pick(page, 'From', 'MAIN');
    await page.getByRole('combobox', { name: 'To' }).click();
    await page.getByRole('option', { name: 'CELLAR' }).waitFor();
    expect(await page.getByRole('option', { name: 'MAIN' }).count()).toBe(0);
  });

  it('shows what a count changes before it is booked, and asks once more where that is much', async () => {
    const { admin } = harness.system;
    const { body: bulb } = await admin.post('/items', { sku: 'BULB-01', name: 'Bulb' });
    const lines = [{ item: bulb.id, location: { code: 'MAIN' }, quantity: 30 }];
    await admin.post('/movements', { type: 'receipt', lines });
    const level = async () => (await admin.get('/items?sku=BULB-01')).body.items[0].onHand as number;
    const { page } = await harness.signIn('operator', '/movements/new?type=count');
    await pick(page, 'Item', 'Bulb');
    await pick(page, 'Location', 'MAIN');
    await page.getByText('30 on hand').waitFor();
    await page.getByLabel('Counted').fill('3');
    await page.getByText('30 → 3 (-27)').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('1 count changes its level by more than half.', { exact: false }).waitFor();
    expect(await level()).toBe(30);
    await page.getByLabel('Counted').fill('4');
    await page.getByText('1 count changes its level', { exact: false }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await page.getByText('1 count changes its level', { exact: false }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Counted' }).waitFor();
    expect(await level()).toBe(4);
  });

  it('keeps the navigation on an address that is no page', async () => {
    const { page } = await harness.signIn('viewer', '/no/such/page');
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('link', { name: 'Movements' }).waitFor();
  });

  it('shows a reservation that a program makes, by itself, and ends it', async () => {
    const { page } = await harness.signIn('operator', '/reservations');
    await page.getByText('Nothing is held').waitFor();
    const before = await onHand();
    await harness.system.admin.post('/reservations', {
      reference: 'ORDER-1',
      lines: [{ item: { sku: LAMP.sku }, location: { code: 'MAIN' }, quantity: 2 }],
    });
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'ORDER-1' }) });
    await card.getByRole('timer').waitFor();
    await card.getByRole('button', { name: 'Extend ORDER-1' }).click();
    await page.getByRole('combobox', { name: 'From now on' }).click();
    await page.getByRole('option', { name: '4 hours' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Extend' }).click();
    await card.getByText('3 h 59 min left').waitFor();
    await card.getByRole('button', { name: 'Commit ORDER-1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Commit' }).click();
    await page.getByText('Committed: the stock is shipped.').waitFor();
    expect(await onHand()).toBe(before - 2);
  });

  it('adds a location, and refuses to archive one where something lies', async () => {
    const { page } = await harness.signIn('operator', '/locations');
    await page.getByRole('button', { name: 'Add location' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill('ATTIC');
    await page.getByRole('textbox', { name: 'Name' }).fill('The attic');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'ATTIC' }).waitFor();
    await page.getByRole('button', { name: 'Archive MAIN' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('link', { name: 'Show its stock' }).click();
    await page.getByRole('row', { name: LAMP.name }).waitFor();
  });

  it('offers a viewer nothing to change', async () => {
    await harness.system.admin.post('/reservations', {
      reference: 'ORDER-2',
      lines: [{ item: { sku: LAMP.sku }, location: { code: 'MAIN' }, quantity: 1 }],
    });
    const { page } = await harness.signIn('viewer', '/movements');
    const forbidden = page.getByRole('main').getByRole('button', {
      name: /New movement|Reverse$|Reserve|Commit|Extend|Release|Add|Rename|Archive/,
    });
    await page.getByRole('row', { name: LAMP.name }).first().getByRole('link').click();
    await page.getByText('On hand after').waitFor();
    expect(await forbidden.count()).toBe(0);
    for (const [path, text] of [
      ['/movements', 'PO-1'],
      ['/reservations', 'ORDER-2'],
      ['/locations', 'MAIN'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text, { exact: true }).first().waitFor();
      expect({ path, count: await forbidden.count() }).toEqual({ path, count: 0 });
    }
    await page.goto('/movements/new');
    await page.getByText('Your role does not allow this').waitFor();
  });

  it.each(['/movements', '/movements/new', '/reservations', '/locations'])(
    'has no accessibility violation on %s',
    async (path) => {
      const operator = await harness.signIn('operator', path);
      await operator.page.getByRole('heading', { level: 1 }).waitFor();
      await operator.page.getByText('Loading').waitFor({ state: 'detached' });
      expect(await operator.accessibilityViolations()).toEqual([]);
    },
  );

  it.each([
    ['/movements', 'On hand after'],
    ['/locations', 'On hand'],
  ])('has no accessibility violation on what %s leads to', async (path, text) => {
    const operator = await harness.signIn('operator', path);
    const { page } = operator;
    const row = path === '/movements' ? LAMP.name : 'MAIN';
    await page.getByRole('main').getByRole('row', { name: row }).first().getByRole('link').first().click();
    await page.getByText(text, { exact: true }).waitFor();
    expect(await operator.accessibilityViolations()).toEqual([]);
  });
});

import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { createItems } from './support/items.ts';
import { eventually } from './support/eventually.ts';
import { describeInBrowser } from './support/browser-harness.ts';

describeInBrowser('The item page', (harness) => {
  it('receives, moves and ships by keyboard alone, and shows each step in figures, places and ledger', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'STEP-01', name: 'Stepladder', reorderPoint: 5 }]);
    await harness.system.admin.post('/locations', { code: 'SHOP', name: 'The shop' });
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await fill(page, 'Receive', { Quantity: '12' });
    await page.getByText('12 received.').waitFor();
    await fill(page, 'Move', { To: 'SHOP', Quantity: '4' });
    await page.getByText('4 moved.').waitFor();
    await fill(page, 'Ship', { Quantity: '3', Reference: 'SO-7' });
    await page.getByText('3 shipped.').waitFor();
    await eventually(async () => {
      expect(await figures(page)).toEqual({ 'On hand': '9', Reserved: '0', Available: '9', 'Reorder point': '5' });
      expect(await table(page, 'Where it is')).toEqual(['MAIN 5 0 5', 'SHOP 4 0 4']);
      expect((await ledger(page)).map((line) => line.replace(/^.*?:\d\d /, ''))).toEqual([
        'Shipped MAIN -3 5 Test operator SO-7',
        'Moved MAIN -4 8 Test operator',
        'Moved SHOP +4 4 Test operator',
        'Received MAIN +12 12 Test operator',
      ]);
    });
    await page.getByRole('img', { name: /9 now, between 0 and 12, [34] changes/ }).waitFor();
  });

  it('refuses in words to ship more than there is, and keeps what was typed', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'FEW-01', name: 'Few' }]);
    await receive(item.id, 2);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await fill(page, 'Ship', { Quantity: '5', Note: 'for the fair' });
    await page.getByText('5 asked for, 2 available here.').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('for the fair');
    await page.getByLabel('Quantity').fill('2');
    await page.keyboard.press('Enter');
    await page.getByText('2 shipped.').waitFor();
  });

  it('takes back with Undo what was just booked', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'UNDO-01', name: 'Oops' }]);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByLabel('Quantity').fill('400');
    await page.keyboard.press('Enter');
    await page.getByText('400 received.').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Undone: the movement is reversed.').waitFor();
    const { body } = await harness.system.admin.get(`/movements?itemId=${item.id}`);
    expect(body.items.map(({ type, note }: { type: string; note: string }) => ({ type, note }))).toEqual([
      { type: 'reversal', note: 'Undone at once by the person who booked it' },
      { type: 'receipt', note: null },
    ]);
    expect((await harness.system.admin.get('/items?sku=UNDO-01')).body.items[0].onHand).toBe(0);
  });

  it('makes a photo of a picture of any size, shows it here and in the list, and removes it', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'PHOTO-01', name: 'Vase' }]);
    const person = await harness.signIn('operator', `/items/${item.id}`);
    const { page } = person;
    const picture = page.locator('input[type=file]');
    await picture.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') });
    await page.getByText('notes.txt is no picture that this browser can read.').waitFor();
    await picture.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: await noise(page) });
    const photo = page.getByRole('img', { name: 'Photo of Vase' });
    await eventually(async () => expect(await sizeOf(photo)).toEqual([1024, 683]));
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.goto('/items?q=PHOTO-01');
    await eventually(async () => expect(await sizeOf(page.getByRole('row').locator('img'))).toEqual([1024, 683]));
    await page.goBack();
    await page.getByRole('button', { name: 'Remove photo' }).click();
    await photo.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add photo' }).waitFor();
  });

  it('does not count over a level that was changed meanwhile, until the person confirms', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'COUNT-01', name: 'Torches' }]);
    await receive(item.id, 10);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await page.getByRole('textbox', { name: 'Counted' }).fill('9');
    await receive(item.id, 5);
    await page.keyboard.press('Enter');
    await page.getByText('The level was changed while you counted: it is 15 now.').waitFor();
    await page.getByRole('textbox', { name: 'Counted' }).fill('14');
    await page.keyboard.press('Enter');
    await page.getByText('Counted: -1.').waitFor();
    await figure(page, 'On hand', '14');
  });

  it('shows what a count changes before it is booked, and asks once more where that is much', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'COUNT-02', name: 'Candles' }]);
    await receive(item.id, 230);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await page.getByRole('textbox', { name: 'Counted' }).fill('7');
    await page.getByText('230 → 7 (-223)').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 count changes its level by more than half.').waitFor();
    await figure(page, 'On hand', '230');
    await page.keyboard.press('Enter');
    await page.getByText('Counted: -223.').waitFor();
    await figure(page, 'On hand', '7');
  });

  it('shows and edits cost and attributes', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'COST-01', name: 'Costly' }]);
    await receive(item.id, 3);
    const person = await harness.signIn('operator', `/items/${item.id}`);
    const { page } = person;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Unit cost').fill('$1,250.50');
    await page.getByRole('button', { name: 'Add attribute' }).click();
    await page.getByLabel('Name of attribute 1').fill('colour');
    await page.getByLabel('Value of attribute 1').fill('red');
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('US$3,751.50').waitFor();
    const { body } = await harness.system.admin.get(`/items/${item.id}`);
    expect({ unitCost: body.unitCost, attributes: body.attributes }).toEqual({
      unitCost: 125_050,
      attributes: { colour: 'red' },
    });
  });

  it('edits several barcodes, says which one is taken, and warns of a wrong check digit', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'BAR-01', name: 'Coded', barcode: '4006381333931' }]);
    await createItems(harness.system, [{ sku: 'BAR-02', name: 'Coded, too', barcode: '725272730706' }]);
    const person = await harness.signIn('operator', `/items/${item.id}`);
    const { page } = person;
    await page.getByRole('button', { name: 'Edit' }).click();
    const field = page.getByRole('dialog').getByLabel('Barcodes').first();
    for (const code of ['0725272730706', '4006381333932']) {
      await field.fill(code);
      await page.keyboard.press('Enter');
    }
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('0725272730706 is taken').waitFor();
    await field.focus();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect(await page.getByText('is taken').count()).toBe(0);
    await field.fill('4006381333932');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('4006381333932 looks like a GTIN, but its check digit would be 1').waitFor();
    const { body } = await harness.system.admin.get(`/items/${item.id}`);
    expect(body.barcodes).toEqual(['4006381333931', '4006381333932']);
  });

  it('reverses a mistake from the ledger, once', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'OOPS-01', name: 'A mistake' }]);
    await receive(item.id, 70);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: /^Reverse: Received/ }).click();
    await page.getByLabel('Note').fill('One too many noughts');
    await page.getByRole('dialog').getByRole('button', { name: 'Reverse' }).click();
    await figure(page, 'On hand', '0');
    await page.getByText('Received · reversed').waitFor();
    await eventually(async () =>
      expect((await ledger(page))[0]).toMatch(/Reversed MAIN -70 0 Test operator One too many noughts$/),
    );
    expect(await page.getByRole('button', { name: /^Reverse:/ }).count()).toBe(0);
  });

  it('shows the minus before a negative change on a page that is read from the right', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'RIGHT-01', name: 'From the right' }]);
    await receive(item.id, 10);
    const lines = [{ item: item.id, location: { code: 'MAIN' }, quantity: 10 }];
    await harness.system.admin.post('/movements', { type: 'issue', lines });
    const { page } = await harness.signIn('viewer', '/items');
    await page.addInitScript(() => addEventListener('DOMContentLoaded', () => void (document.dir = 'rtl')));
    await page.goto(`/items/${item.id}`);
    const cell = page.getByRole('region', { name: 'Ledger' }).getByRole('cell', { name: '-10' });
    const [minus, one] = await cell.evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!;
      return ['-', '1'].map((character) => {
        const range = document.createRange();
        range.setStart(text, text.textContent!.indexOf(character));
        range.setEnd(text, range.startOffset + 1);
        return range.getBoundingClientRect().left;
      });
    });
    expect(minus).toBeLessThan(one!);
  });

  it('shows the whole ledger, its last column included, in windows of any width from 900 pixels on', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'SLIM-01', name: 'Slim' }]);
    await harness.system.admin.post('/movements', {
      type: 'receipt',
      reference: 'PO-2026-000118',
      note: 'One pallet was wet, and went back with the driver',
      lines: [{ item: item.id, location: { code: 'MAIN' }, quantity: 12_000 }],
    });
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: /^Reverse: Received/ }).waitFor();
    for (let width = 900; width <= 1280; width += 20) {
      await page.setViewportSize({ width, height: 800 });
      const hidden = await page
        .getByRole('region', { name: 'Ledger' })
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect({ width, hidden }).toEqual({ width, hidden: 0 });
    }
  });

  it('shows by itself what others do: a reservation made through the API', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'HELD-01', name: 'Held' }]);
    await receive(item.id, 8);
    const { page } = await harness.signIn('viewer', `/items/${item.id}`);
    await page.getByText('Nothing is reserved.').waitFor();
    const lines = [{ item: item.id, location: { code: 'MAIN' }, quantity: 3 }];
    await harness.system.admin.post('/reservations', { reference: 'WEB-118', lines });
    await figure(page, 'Reserved', '3');
    await page.getByText('WEB-118').waitFor();
    await figure(page, 'Available', '5');
  });

  it('is archived once nothing is left of it, and brought back', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LAST-01', name: 'The last of it' }]);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByText('The last of it was archived.').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Receive', exact: true }).waitFor();
  });

  it('has no accessibility violation: full, with a dialog, 360 px wide, of an item that is not there', async () => {
    const [item] = await createItems(harness.system, [
      { sku: 'WIDE-01', name: 'A wide name for an item', reorderPoint: 99 },
    ]);
    await receive(item.id, 8);
    const person = await harness.signIn('operator', `/items/${item.id}`);
    await person.page.getByText(/changes?\.$/).waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.getByRole('button', { name: 'Move', exact: true }).click();
    await person.page.getByLabel('Quantity').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.keyboard.press('Escape');
    await person.page.setViewportSize({ width: 360, height: 640 });
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.waitForFunction(() => document.getElementById('content')!.scrollWidth === 360);
    await person.page.goto('/items/0197a000-0000-7000-8000-000000000000');
    await person.page.getByRole('alert').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
  });

  const receive = (item: string, quantity: number) =>
    harness.system.admin.post('/movements', {
      type: 'receipt',
      lines: [{ item, location: { code: 'MAIN' }, quantity }],
    });
});

/** Opens a form and fills it, all with keys. */
async function fill(page: Page, action: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).press('Enter');
  for (const [name, value] of Object.entries(fields)) {
    const field = page.getByRole('dialog').getByLabel(name, { exact: true });
    await field.focus();
    await page.keyboard.type(value);
    if ((await field.getAttribute('aria-haspopup')) !== 'listbox') continue;
    await page.getByRole('option', { name: value }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await page.getByRole('dialog').getByLabel('Note').press('Enter');
}

const figures = async (page: Page): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page
      .locator('dl')
      .first()
      .locator('> div')
      .evaluateAll((pairs) => pairs.map((pair) => [...pair.children].map((child) => child.textContent))),
  ) as Record<string, string>;

/** Waits until a figure is this one. */
const figure = (page: Page, name: string, value: string): Promise<void> =>
  page
    .locator('dl')
    .first()
    .locator('> div')
    .filter({ hasText: new RegExp(`^${name}${value}$`) })
    .waitFor();

/** The rows of the table in this part of the page, each as one line. */
const table = (page: Page, title: string): Promise<string[]> =>
  page
    .locator('section', { has: page.getByRole('heading', { name: title }) })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children]
          .map((cell) => cell.textContent)
          .filter(Boolean)
          .join(' '),
      ),
    );

const ledger = (page: Page): Promise<string[]> => table(page, 'Ledger');

/** A picture of 1500 × 1000 pixels, and of more bytes than the API takes. */
async function noise(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1500, height: 1000 });
    const context = canvas.getContext('2d')!;
    for (let x = 0; x < 1500; x += 2)
      for (let y = 0; y < 1000; y += 2) {
        context.fillStyle = `hsl(${(x * y) % 360} ${x % 100}% 50%)`;
        context.fillRect(x, y, 2, 2);
      }
    return canvas.toDataURL('image/png');
  });
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  expect(bytes.length).toBeGreaterThan(204_800);
  return bytes;
}

const sizeOf = (image: Locator): Promise<number[]> =>
  image.evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight]);

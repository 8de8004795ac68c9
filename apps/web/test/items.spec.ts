import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { visibleSkus, createItems, rowOf, rowSkus } from './support/items.ts';
import { press } from './support/scanner.ts';
import { eventually } from './support/eventually.ts';
import { describeInBrowser } from './support/browser-harness.ts';

describeInBrowser('The items page', (harness) => {
  it('finds an item by three letters and by a word with a typo, and opens it from the keyboard', async () => {
    await createItems(harness.system, [
      { sku: 'LAMP-01', name: 'Bicycle lamp, front' },
      { sku: 'LOCK-01', name: 'Folding lock' },
    ]);
    const { page } = await harness.signIn('viewer');
    await rowOf(page, 'Folding lock').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('lam');
    await rowOf(page, 'Folding lock').waitFor({ state: 'detached' });
    await eventually(async () => expect(await visibleSkus(page)).toEqual(['LAMP-01']));
    await page.keyboard.press('Escape');
    await rowOf(page, 'Folding lock').waitFor();
    await page.keyboard.type('foldign');
    await page.waitForURL('/items?q=foldign');
    await eventually(async () => expect(await visibleSkus(page)).toEqual(['LOCK-01']));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Folding lock' }).waitFor();
    await page.goBack();
    await eventually(async () => expect(await visibleSkus(page)).toEqual(['LOCK-01']));
    expect(await page.getByRole('searchbox').inputValue()).toBe('foldign');
  });

  it('lets a search be cleared and found again in the history', async () => {
    await createItems(harness.system, [{ sku: 'HISTORY-01', name: 'Found again' }]);
    const { page } = await harness.signIn('viewer');
    await rowOf(page, 'Found again').waitFor();
    const field = page.getByRole('searchbox');
    await field.pressSequentially('HISTORY-02');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: false }).last().click();
    await rowOf(page, 'Found again').waitFor();
    expect(await field.inputValue()).toBe('');
    await page.goBack();
    await page.getByText('Nothing matches').waitFor();
    expect(await field.inputValue()).toBe('HISTORY-02');
  });

  it('loses no letter of a person who types in a rush on a slow machine, and lets the URL follow', async () => {
    const words = 'typed faster than a page draws';
    await createItems(harness.system, [{ sku: 'RUSH-01', name: words }]);
    const { page } = await harness.signIn('viewer');
    await rowOf(page, words).waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const field = page.getByRole('searchbox');
    // In milliseconds: within a rush, between two rushes, and so long that the URL has followed. No key waits to be drawn.
    for (const gaps of [[0], [20, 45, 80], [400, 10, 300, 30]]) {
      await field.fill('');
      await page.waitForURL('/items');
      const keys: Promise<void>[] = [];
      for (const [n, letter] of [...words].entries()) {
        keys.push(press(session, letter));
        await sleep(gaps[n % gaps.length]);
      }
      await Promise.all(keys);
      expect(await field.inputValue()).toBe(words);
      await page.waitForURL((url) => url.searchParams.get('q') === words);
      await eventually(async () => expect(await visibleSkus(page)).toEqual(['RUSH-01']));
      expect(await field.inputValue()).toBe(words);
    }
  });

  it('asks for further matches only near the end of those that are there, and comes back to the row', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({ sku: `MANY-${n}`, name: 'One of many' }));
    await createItems(harness.system, many);
    const { page } = await harness.signIn('viewer', '/labels');
    let further = 0;
    page.on('request', (request) => (further += new URL(request.url()).searchParams.has('cursor') ? 1 : 0));
    await page.goto('/items?q=MANY');
    await rowOf(page, 'One of many').first().waitFor();
    // What the rows' first drawing asks for has been asked for when two more frames are drawn.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(further).toBe(0);
    await page.getByRole('grid').press('End');
    await page.getByRole('grid').and(page.locator('[aria-rowcount="121"]')).waitFor();
    expect(further).toBe(1);
    // Back from an item leads to its row.
    await page.getByRole('grid').press('End');
    const last = page.locator('[role=row][data-at]');
    await eventually(async () => expect(await last.getAttribute('aria-rowindex')).toBe('121'));
    const row = await last.innerText();
    await page.getByRole('grid').press('Enter');
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    await page.goBack();
    await eventually(async () => expect(await last.innerText()).toBe(row));
    await last.and(page.locator(':visible')).waitFor();
  });

  it('selects from one row to another with shift, by mouse and by keyboard', async () => {
    const items = [1, 2, 3, 4, 5, 6].map((n) => ({ sku: `RANGE-${n}`, name: `Row ${n}`, category: 'Ranges' }));
    await createItems(harness.system, items);
    const { page } = await harness.signIn('operator', '/items?category=Ranges');
    const boxOf = (n: number) => rowOf(page, `Row ${n}`).getByRole('checkbox');
    const selected = () => rowSkus(page.getByRole('row', { selected: true }));
    const skus = (...numbers: number[]) => numbers.map((n) => `RANGE-${n}`);
    await boxOf(2).click();
    await boxOf(5).click({ modifiers: ['Shift'] });
    expect(await selected()).toEqual(skus(2, 3, 4, 5));
    await boxOf(3).click({ modifiers: ['Shift'] });
    expect(await selected()).toEqual(skus(2));
    const grid = page.getByRole('grid');
    await grid.press('End');
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown']) await grid.press(`Shift+${key}`);
    expect(await selected()).toEqual(skus(2, 4, 5, 6));
  });

  it('shows a viewer nothing that they may not do', async () => {
    await createItems(harness.system, [{ sku: 'VIEW-01', name: 'To be looked at' }]);
    const { page } = await harness.signIn('viewer', '/items?q=VIEW');
    await rowOf(page, 'To be looked at').waitFor();
    expect(await page.getByRole('grid').getByRole('checkbox').count()).toBe(0);
    await rowOf(page, 'To be looked at').hover();
    const buttons = await page.getByRole('main').getByRole('button').allInnerTexts();
    expect(buttons.filter((text) => text !== '')).toEqual(['Views']);
    await page.getByRole('link', { name: 'To be looked at' }).click();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    expect(await page.getByRole('button', { name: /Receive|Ship|Move|Count|Edit|More/ }).count()).toBe(0);
  });

  it('edits a name in its place by keyboard alone', async () => {
    await createItems(harness.system, [{ sku: 'EDIT-01', name: 'As it was' }]);
    const { page } = await harness.signIn('operator', '/items?q=EDIT-01');
    await rowOf(page, 'As it was').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('e');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('As it is');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'As it is' }).waitFor();
    const { body } = await harness.system.admin.get('/items?sku=EDIT-01');
    expect(body.items[0].name).toBe('As it is');
    await page.waitForFunction(() => document.activeElement!.role === 'grid');
  });

  it('lets the second of two people who edit one item see what the first changed, and choose', async () => {
    await createItems(harness.system, [{ sku: 'TWO-01', name: 'Shared', reorderPoint: 3 }]);
    const first = await harness.signIn('operator', '/items?q=TWO-01');
    const second = await harness.signIn('admin', '/items?q=TWO-01');
    for (const { page } of [first, second]) {
      await rowOf(page, 'Shared').waitFor();
      await page.getByRole('grid').press('e');
    }
    await second.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Named by the second');
    await first.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Named by the first');
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('link', { name: 'Named by the first' }).waitFor();
    await second.page.keyboard.press('Enter');
    const dialog = second.page.getByRole('dialog', { name: 'Another person changed this item' });
    await dialog.getByText('Test operator changed it', { exact: false }).waitFor();
    expect(await dialog.getByRole('row').last().innerText()).toBe(
      'Name\tShared\tNamed by the first\tNamed by the second',
    );
    expect(await second.accessibilityViolations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await second.page.getByRole('link', { name: 'Named by the second' }).waitFor();
    await rowOf(first.page, 'Named by the second').waitFor();
  });

  it('selects all that match, also those that are not loaded, says how many there are, and changes them', async () => {
    const csv = ['sku,name,category', ...Array.from({ length: 205 }, (_, n) => `MANY-${n},Many ${n},Many`)].join('\n');
    await harness.system.admin.post('/imports', csv, { 'content-type': 'text/csv' });
    await eventually(async () => {
      const { body } = await harness.system.admin.get('/items?category=Many&count=true&limit=1');
      expect(body.count).toBe(205);
    });
    const { page } = await harness.signIn('operator', '/items?category=Many');
    await page.getByText('205 items', { exact: true }).waitFor();
    await page.getByLabel('Select all that are loaded').check();
    await page.getByText('200 items selected').waitFor();
    await page.getByRole('button', { name: 'Select all 205 that match' }).click();
    await page.getByText('205 items selected').waitFor();
    await page.getByRole('button', { name: 'Set category' }).click();
    await page.getByRole('dialog').getByLabel('Category').fill('Few');
    await page.keyboard.press('Enter');
    await page.getByText('205 items changed').waitFor();
    const { body } = await harness.system.admin.get('/items?category=Few&count=true&limit=1');
    expect(body.count).toBe(205);
  });

  it('is where the figure of items without a cost leads to', async () => {
    const [without] = await createItems(harness.system, [{ sku: 'FREE-01', name: 'Cost not known' }, { sku: 'FREE-02', name: 'Cost known' }]); // prettier-ignore
    const lines = [{ item: without.id, location: { code: 'MAIN' }, quantity: 1 }];
    await harness.system.admin.post('/movements', { type: 'receipt', lines });
    const [known] = (await harness.system.admin.get('/items?sku=FREE-02')).body.items;
    await harness.system.admin.patch(`/items/${known.id}`, { unitCost: 0 });
    const { page } = await harness.signIn('viewer', '/');
    await page.getByRole('link', { name: /on hand (has|have) no cost/ }).click();
    await page.waitForURL('/items?noCost=true');
    await page.getByRole('searchbox').fill('FREE');
    await rowOf(page, 'Cost not known').waitFor();
    await eventually(async () => expect(await visibleSkus(page)).toEqual(['FREE-01']));
  });

  it('is narrowed by filters that stand in the address: low, out of stock, at a location', async () => {
    const { admin } = harness.system;
    const items = [
      { sku: 'CHIP-1', name: 'Chip low', category: 'Chips', reorderPoint: 9 },
      { sku: 'CHIP-2', name: 'Chip many', category: 'Chips', reorderPoint: 1 },
      { sku: 'CHIP-3', name: 'Chip none', category: 'Chips' },
    ] as const;
    const [low, many] = await createItems(harness.system, items);
    const { body: place } = await admin.post('/locations', { code: 'CHIPS', name: 'Chips' });
    const lines = [low, many].map(({ id }, n) => ({
      item: id,
      location: { code: n ? 'CHIPS' : 'MAIN' },
      quantity: 5,
    }));
    await admin.post('/movements', { type: 'receipt', lines });
    const { page } = await harness.signIn('viewer', '/items?category=Chips');
    const shows = (skus: string[]) => eventually(async () => expect(await visibleSkus(page)).toEqual(skus));
    await shows(['CHIP-1', 'CHIP-2', 'CHIP-3']);
    await page.getByText('Low', { exact: true }).first().click();
    await page.waitForURL(/low=true/);
    await shows(['CHIP-1']);
    await page.getByText('Low', { exact: true }).first().click();
    await page.getByText('Out of stock', { exact: true }).click();
    await shows(['CHIP-3']);
    await page.goto(`/items?category=Chips&locationId=${place.id}`);
    await page.getByText('At CHIPS', { exact: true }).waitFor();
    await shows(['CHIP-2']);
  });

  it('is sorted by a figure, exported as it is filtered, and found again under a name', async () => {
    const { admin } = harness.system;
    const made = await createItems(harness.system, [
      { sku: 'VIEW-1', name: 'View few', category: 'Views' },
      { sku: 'VIEW-2', name: 'View none', category: 'Views' },
      { sku: 'VIEW-3', name: 'View many', category: 'Views' },
    ]);
    const lines = [2, 0, 40].flatMap((quantity, n) =>
      quantity === 0 ? [] : [{ item: made[n]!.id, location: { code: 'MAIN' }, quantity }],
    );
    await admin.post('/movements', { type: 'receipt', lines });
    const { page } = await harness.signIn('operator', '/items?category=Views');
    const shows = (skus: string[]) => eventually(async () => expect(await visibleSkus(page)).toEqual(skus));
    const sortBy = page.getByRole('button', { name: 'Sort by Available' });
    await sortBy.click();
    await shows(['VIEW-2', 'VIEW-1', 'VIEW-3']);
    await sortBy.click();
    await shows(['VIEW-3', 'VIEW-1', 'VIEW-2']);
    const header = page.getByRole('columnheader', { name: 'Available' });
    expect(await header.getAttribute('aria-sort')).toBe('descending');

    await page.getByRole('button', { name: 'Views' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Save this view…' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Give it a name.').waitFor();
    await page.keyboard.type('Most of all <b>');
    await page.keyboard.press('Enter');
    await page.goto('/items');
    await page.getByRole('button', { name: 'Views' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Most of all <b>' }).click();
    await page.waitForURL('/items?category=Views&sort=-available');
    await shows(['VIEW-3', 'VIEW-1', 'VIEW-2']);

    expect(await exportedSkus(page)).toEqual(['VIEW-1', 'VIEW-2', 'VIEW-3']);
    await page.getByRole('searchbox').fill('VIEW-2');
    await shows(['VIEW-2']);
    expect(await exportedSkus(page)).toEqual(['VIEW-2']);
    await page.getByRole('searchbox').fill('');
    await shows(['VIEW-3', 'VIEW-1', 'VIEW-2']);

    await page.getByRole('button', { name: 'Most of all <b>' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Remove “Most of all <b>”' }).click();
    await page.getByRole('button', { name: 'Views' }).waitFor();
  });

  it('shows the columns that are chosen, in rows as high as chosen, also after a reload', async () => {
    await harness.system.admin.post('/items', {
      sku: 'COLUMN-01',
      name: 'Column '.repeat(28).trim(),
      unitCost: 1250,
      unit: 'box',
    });
    const person = await harness.signIn('operator', '/items?q=COLUMN-01');
    const { page } = person;
    const row = page.getByRole('row').filter({ hasText: 'COLUMN-01' });
    await row.getByText('COLUMN-01').waitFor();
    await page.getByRole('button', { name: 'Views' }).press('Enter');
    for (const column of ['Category', 'Reserved', 'Unit', 'Unit cost'])
      await page.getByRole('menuitemcheckbox', { name: column, exact: true }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).press('Enter');
    await page.keyboard.press('Escape');
    const shown = ['SKU', 'Name', 'Unit', 'Unit cost', 'On hand', 'Available', 'Reorder point'];
    for (const step of [() => page.reload(), () => Promise.resolve()]) {
      await eventually(async () => {
        expect((await page.getByRole('columnheader').allTextContents()).filter(Boolean)).toEqual(shown);
        const cells = await row.getByRole('gridcell').allTextContents();
        expect(cells.slice(-5)).toEqual(['box', 'US$12.50', '0', '0', '–']);
      });
      expect([(await row.boundingBox())!.height, await fits(page)]).toEqual([32, true]);
      expect(await person.accessibilityViolations()).toEqual([]);
      await step();
    }
  });

  it('adds what was searched for and not found, by its name', async () => {
    const { page } = await harness.signIn('operator', '/items');
    await page.getByRole('searchbox').fill('Sugar bowl');
    await page.getByRole('button', { name: 'Add “Sugar bowl”' }).click();
    await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('BOWL-01');
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Sugar bowl');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sugar bowl' }).waitFor();
    expect((await harness.system.admin.get('/items?sku=BOWL-01')).body.items[0].name).toBe('Sugar bowl');
  });

  it('archives many at once, and says which could not be and why', async () => {
    const [, kept] = await createItems(harness.system, [
      { sku: 'OLD-01', name: 'Old and gone' },
      { sku: 'OLD-02', name: 'Old and here' },
    ]);
    const line = { item: kept.id, location: { code: 'MAIN' }, quantity: 2 };
    await harness.system.admin.post('/movements', { type: 'receipt', lines: [line] });
    const { page } = await harness.signIn('operator', '/items?q=OLD-0');
    await rowOf(page, 'Old and gone').waitFor();
    await page.getByLabel('Select all that are loaded').check();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'was not changed' }).waitFor();
    expect(await dialog.getByRole('alert').innerText()).toMatch(/^1 item was not changed:\s+OLD-02: .*stock/);
    await page.keyboard.press('Escape');
    await rowOf(page, 'Old and gone').waitFor({ state: 'detached' });
    await eventually(async () => expect(await visibleSkus(page)).toEqual(['OLD-02']));
  });

  it('has no accessibility violation: full, narrow, selected, adding, with nothing found', async () => {
    await createItems(harness.system, [{ sku: 'AXE-01', name: 'Axe', category: 'Tools', reorderPoint: 5 }]);
    const person = await harness.signIn('operator', '/items');
    await rowOf(person.page, 'Axe').waitFor();
    await rowOf(person.page, 'Axe').getByRole('checkbox').check();
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.setViewportSize({ width: 360, height: 640 });
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.waitForFunction(() => document.documentElement.scrollWidth === 360);
    await person.page.getByRole('button', { name: 'Add item' }).click();
    await person.page.getByRole('textbox', { name: 'SKU', exact: true }).waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await person.page.goto('/items?q=zzzzzz');
    await person.page.getByText('Nothing matches').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
  });
});

/** What the page exports as it is now. */
async function exportedSkus(page: Page): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  const rows = readFileSync(await download.path(), 'utf8')
    .split('\n')
    .slice(1);
  return rows.map((row) => row.split(',')[0]!).filter(Boolean).sort(); // prettier-ignore
}

/** Whether the table is as wide as its place, with the name cut short. */
const fits = (page: Page): Promise<boolean> =>
  page.getByRole('grid').evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);

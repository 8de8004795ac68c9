import { expect, it } from '@jest/globals';
import { importColumns, importEncodings } from '../../../libs/contracts/src/index.ts';
import { pick } from '../../../test/support/pick.ts';
import type { Schema } from '../src/api/client.ts';
import { importTexts } from '../src/texts/imports.ts';
import { dropFile, pasteText } from './support/drop-file.ts';
import { describeInBrowser } from './support/browser-harness.ts';

it('offers the columns and the encodings that the API knows', () => {
  const offered = importTexts.match.targets('x', 'ignore').map(({ value }) => value);
  expect(offered.slice(0, -2).sort()).toEqual([...importColumns].sort());
  expect(importTexts.match.encodings).toEqual(importEncodings);
});

describeInBrowser('Today and the imports page', (harness) => {
  it('begins with an empty stockroom, and leads from there to the imports', async () => {
    const person = await harness.signIn('operator', '/');
    const { page } = person;
    await page.getByText('The stockroom is empty').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  });

  /** Of each item with this SKU. */
  const onHand = async (sku: string): Promise<number[]> =>
    (await harness.system.admin.get(`/items?sku=${sku}`)).body.items.map((item: Schema['Item']) => item.onHand);

  it('imports a spreadsheet in four steps: dropped, matched, corrected where it was wrong, and booked', async () => {
    const person = await harness.signIn('operator', '/imports');
    const { page } = person;
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    const rows = [
      'LAMP-1;Lampe, vorn;5;4,50;20;rot',
      'LAMP-2;Lampe, hinten;viele;1.250,00;;',
      'LOCK-1;Schloss;3;2,00;1;',
    ];
    await dropFile(
      page,
      'lager.csv',
      `\ufeffsep=;\r\nArtikelnummer;Bezeichnung;Bestand;EK-Preis;Mindestbestand;Farbe\r\n${rows.join('\r\n')}\r\n`,
    );
    const columns = page.getByRole('table', { name: 'Columns of the file' });
    await columns.waitFor();
    expect(
      await columns.getByRole('combobox').evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value)),
    ).toEqual(
      ['sku', 'name', 'quantity', 'unitCost', 'reorderPoint', 'attribute:Farbe'], // prettier-ignore
    );
    expect(await page.getByLabel('Decimal sign').inputValue()).toBe('comma');
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('1 row would be left out.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    expect((await harness.system.admin.get('/items?sku=LAMP-1')).body.items).toEqual([]);
    await page.getByLabel('Bestand of line 4', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Check 1 correction' }).click();
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByText('All rows were imported.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    const { body } = await harness.system.admin.get('/items?q=LAMP');
    const names = ['sku', 'name', 'onHand', 'unitCost', 'attributes'] as const;
    expect(body.items.map((item: Schema['Item']) => pick(item, ...names))).toEqual([
      { sku: 'LAMP-1', name: 'Lampe, vorn', onHand: 5, unitCost: 450, attributes: { Farbe: 'rot' } },
      { sku: 'LAMP-2', name: 'Lampe, hinten', onHand: 7, unitCost: 125_000, attributes: {} },
    ]);
  });

  it('asks the one question that a person can answer, by keyboard alone, and undoes the import', async () => {
    const { page } = await harness.signIn('operator', '/imports', { viewport: { width: 360, height: 740 } });
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    await dropFile(page, 'question.csv', 'sku,name,Qty in shop\nASK-1,Ask,4\n');
    await page.getByRole('alert').filter({ hasText: 'Choose what becomes of the column “Qty in shop”.' }).waitFor();
    expect(await page.getByRole('button', { name: 'Check', exact: true }).isDisabled()).toBe(true);
    expect(await page.evaluate(() => document.querySelector('main')!.scrollWidth)).toBe(360);
    await page.getByLabel('What the column Qty in shop becomes').focus();
    await page.keyboard.type('Quant');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Check', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Import 1 row' }).waitFor();
    await page.getByRole('button', { name: 'Import 1 row' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('All rows were imported.').waitFor();
    expect(await onHand('ASK-1')).toEqual([4]);
    await page.getByRole('button', { name: 'Undo this import' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Everything that this import did is taken back.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 item taken back.').waitFor();
    expect((await harness.system.admin.get('/items?sku=ASK-1')).body.items).toEqual([]);
  });

  it('warns of the same file before anything is booked, and adds a location that rows name', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    const csv = 'sku,name,location,quantity\nSAME-1,Same,CELLAR,7\n';
    const check = async () => {
      await page.getByText('Drop a CSV file or a workbook here').waitFor();
      await dropFile(page, 'same.csv', csv);
      await page.getByRole('button', { name: 'Check', exact: true }).click();
    };
    await check();
    await page.getByRole('button', { name: 'Add the location CELLAR' }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('All rows were imported.').waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await check();
    await page.getByRole('alert').filter({ hasText: 'The same file was imported before' }).waitFor();
    await page.getByText('The quantity of 1 row is not booked').waitFor();
    expect(await onHand('SAME-1')).toEqual([7]);
  });

  it('reads the file again as it is told, and matches the same headings as the person did the last time', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    const csv = (code: string) => `Artikelnummer;Bezeichnung;Menge;EK;Farbe\n${code};Kanne;1.234;1.234;rot\n`;
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    await dropFile(page, 'again.csv', csv('AGAIN-1'));
    await page.getByLabel('What the column Farbe becomes').selectOption('category');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('1 row would be left out.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Back to the columns' }).click();
    await page.getByLabel('Decimal sign').selectOption('comma');
    await page.waitForFunction(() => document.querySelector('form')?.querySelectorAll('select')[2]?.value === 'comma');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('All rows were imported.').waitFor();
    const { body } = await harness.system.admin.get('/items?sku=AGAIN-1');
    expect(body.items.map((item: Schema['Item']) => pick(item, 'onHand', 'unitCost', 'category'))).toEqual([
      { onHand: 1234, unitCost: 123_400, category: 'rot' },
    ]);
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    await dropFile(page, 'again-2.csv', csv('AGAIN-2'));
    await page.getByText('These columns are matched as you chose the last time.').waitFor();
    expect(await page.getByLabel('What the column Farbe becomes').inputValue()).toBe('category');
  });

  it('takes rows that are pasted from a spreadsheet, and replaces a wrong value in all rows at once', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    await pasteText(
      page,
      'SKU\tName\tLocation\tQty\nPASTE-1\tOne\tSHED\t1\nPASTE-2\tTwo\tSHED\t2\nPASTE-3\tThree\tMAIN\t3\n',
    );
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    const repair = page.getByRole('listitem').filter({ hasText: 'Location: “SHED” in 2 rows. Replace it with' });
    await repair.getByRole('textbox').fill('MAIN');
    await repair.getByRole('button', { name: 'Replace' }).click();
    expect(await page.getByLabel('Location of line 3', { exact: true }).inputValue()).toBe('MAIN');
    await page.getByRole('button', { name: 'Check 2 corrections' }).click();
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByText('All rows were imported.').waitFor();
    await page.getByRole('link', { name: 'Pasted rows' }).waitFor();
    const { body } = await harness.system.admin.get('/items?q=PASTE');
    expect(body.items.map(({ onHand }: { onHand: number }) => onHand).sort()).toEqual([1, 2, 3]);
    const ledger = await harness.system.admin.get(`/movements?itemId=${body.items[0].id}`);
    await page.goto(`/movements/${ledger.body.items[0].id}`);
    await page.getByText('Import', { exact: true }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Pasted rows' }).click();
    await page.getByText('All rows were imported.').waitFor();
  });

  it('stops a check that is under way', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    const rows = Array.from({ length: 150_000 }, (_, n) => `STOP-${n},Stopped in time,${n}`);
    await dropFile(page, 'long.csv', `sku,name,quantity\n${rows.join('\n')}\n`);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    expect((await harness.system.admin.get('/items?q=STOP')).body.items).toEqual([]);
  });

  it('says in words for people which file cannot be read, and what a mapping lacks', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    const drop = async (name: string, content: string) => {
      await page.getByText('Drop a CSV file or a workbook here').waitFor();
      await dropFile(page, name, content);
    };
    await drop('no-code.csv', 'Name,Colour\nMug,blue\n');
    await page.getByRole('alert').filter({ hasText: 'Choose the column that holds the SKU' }).waitFor();
    await page.getByLabel('What the column Colour becomes').selectOption('name');
    await page.getByLabel('What the column Name becomes').selectOption('name');
    await page.getByLabel('What the column Colour becomes').selectOption('sku');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByLabel('What the column Name becomes').selectOption('sku');
    await page.getByRole('alert').filter({ hasText: 'Only one column can become SKU' }).waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await drop('broken.xlsx', 'PK\u0003\u0004 this is no workbook');
    await page.getByRole('alert').filter({ hasText: 'This file cannot be imported' }).waitFor();
    expect(await page.getByRole('button', { name: 'Check', exact: true }).count()).toBe(0);
  });

  it('shows the stock in numbers, what is low, and a chart that is also a table', async () => {
    const person = await harness.signIn('viewer', '/');
    const { page } = person;
    await page.getByRole('link', { name: 'Lampe, vorn LAMP-1' }).waitFor();
    await page.getByRole('img', { name: /movement.* in 30 days, the most on/ }).waitFor();
    const [, ...days] = await page
      .locator('details')
      .getByRole('row', { includeHidden: true })
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).textContent));
    expect(days).toHaveLength(30);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    await page.waitForFunction(() => document.querySelector('main')!.scrollWidth === 360);
    await page.getByRole('link', { name: 'Lampe, vorn LAMP-1' }).click();
    await page.getByRole('heading', { name: 'Lampe, vorn' }).waitFor();
  });

  it('leads from what is low to receiving it, and shows what was booked, and by whom', async () => {
    const { page } = await harness.signIn('operator', '/');
    await page.getByRole('link', { name: /items? (is|are) low/ }).waitFor();
    await page.getByRole('link', { name: 'Receive Lampe, vorn' }).click();
    await page.getByRole('dialog').getByLabel('Quantity').fill('300');
    await page.keyboard.press('Enter');
    await page.getByText('300 received.').waitFor();
    await page.getByRole('link', { name: 'Today' }).click();
    const latest = page.getByRole('listitem').filter({ hasText: 'Received 300 × Lampe, vorn' });
    await latest.getByText('Test operator').waitFor();
    await page.getByRole('link', { name: 'Receive Lampe, vorn' }).waitFor({ state: 'detached' });
    await page.getByLabel('Scan or type what to open').fill('lock-1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Schloss' }).waitFor();
  });

  it('lets a viewer look at the imports, and bring nothing in', async () => {
    const person = await harness.signIn('viewer', '/imports');
    const { page } = person;
    await page.getByRole('region', { name: 'Imports so far' }).getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await person.accessibilityViolations()).toEqual([]);
  });
});

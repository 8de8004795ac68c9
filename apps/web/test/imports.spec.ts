import { expect, it } from '@jest/globals';
import { importColumns, importEncodings } from '../../../libs/contracts/src/index.ts';
import { importTexts } from '../src/texts/imports.ts';
import { dropFile } from './support/drop-file.ts';
import { describeInBrowser } from './support/browser-harness.ts';

it('offers the columns and the encodings that the API knows', () => {
  const offered = importTexts.match.targets('x', 'ignore').map(({ value }) => value);
  expect(offered.slice(0, -2).sort()).toEqual([...importColumns].sort());
  expect(importTexts.match.encodings).toEqual(importEncodings);
});

describeInBrowser('The overview and the imports page', (harness) => {
  it('begins with an empty stockroom, and leads from there to the imports', async () => {
    const person = await harness.signIn('operator', '/');
    const { page } = person;
    await page.getByText('The stockroom is empty').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  });

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
    await page.getByLabel('Bestand of line 4').fill('7');
    await page.getByRole('button', { name: 'Check 1 correction' }).click();
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByText('Every row went in.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    const { body } = await harness.system.admin.get('/items?q=LAMP');
    expect(body.items).toMatchObject([
      { sku: 'LAMP-1', name: 'Lampe, vorn', onHand: 5, unitCost: 450, attributes: { Farbe: 'rot' } },
      { sku: 'LAMP-2', name: 'Lampe, hinten', onHand: 7, unitCost: 125_000, attributes: {} },
    ]);
  });

  it('asks the one question that a person can answer, by keyboard alone, and undoes the import', async () => {
    const { page } = await harness.signIn('operator', '/imports', { viewport: { width: 360, height: 740 } });
    await page.getByText('Drop a CSV file or a workbook here').waitFor();
    await dropFile(page, 'question.csv', 'sku,name,Qty in shop\nASK-1,Ask,4\n');
    await page.getByRole('alert').filter({ hasText: 'looks like quantity' }).waitFor();
    expect(await page.evaluate(() => document.querySelector('main')!.scrollWidth)).toBe(360);
    await page.getByLabel('What the column Qty in shop becomes').focus();
    await page.keyboard.type('Quant');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Check', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Import 1 row' }).waitFor();
    await page.getByRole('button', { name: 'Import 1 row' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Every row went in.').waitFor();
    expect((await harness.system.admin.get('/items?sku=ASK-1')).body.items).toMatchObject([{ onHand: 4 }]);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Undo this import' }).focus();
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
    await page.getByText('Every row went in.').waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await check();
    await page.getByRole('alert').filter({ hasText: 'The same file was imported before' }).waitFor();
    await page.getByText('The quantity of 1 row is not booked').waitFor();
    expect((await harness.system.admin.get('/items?sku=SAME-1')).body.items).toMatchObject([{ onHand: 7 }]);
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

  it('lets a viewer look at the imports, and bring nothing in', async () => {
    const person = await harness.signIn('viewer', '/imports');
    const { page } = person;
    await page.getByRole('region', { name: 'Imports so far' }).getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await person.accessibilityViolations()).toEqual([]);
  });
});

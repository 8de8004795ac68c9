import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { importColumns } from '../../../libs/contracts/src/index.ts';
import { knownColumns } from '../src/imports/file/columns.ts';
import { dropFile } from './support/drop-file.ts';
import { describeInBrowser } from './support/browser-harness.ts';

it('knows the columns that the API knows', () => {
  expect(knownColumns).toEqual(importColumns);
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

  it('imports a file that is dropped: a preview, the result, and the errors to download', async () => {
    const person = await harness.signIn('operator', '/imports');
    const { page } = person;
    await page.getByText('Drop a CSV file here').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    const rows = ['LAMP-1;"Lamp; front";5;20;red', 'LAMP-2;Lamp, rear;many;;', 'LOCK-1;Lock;3;1;'];
    await dropFile(page, 'nightly.csv', `\ufeffSKU;name;quantity;reorderPoint;colour\r\n${rows.join('\r\n')}\r\n`);
    const preview = page.getByRole('table', { name: 'Preview of nightly.csv' });
    await preview.waitFor();
    expect(await preview.getByRole('columnheader').allTextContents()).toEqual(
      ['Line', 'skufield', 'namefield', 'quantityfield', 'reorderPointfield', 'colourattribute'], // prettier-ignore
    );
    const [, ...shown] = await preview.getByRole('row').allInnerTexts();
    expect(shown).toEqual([
      '2\tLAMP-1\tLamp; front\t5\t20\tred',
      '3\tLAMP-2\tLamp, rear\tmany\t\t',
      '4\tLOCK-1\tLock\t3\t1\t',
    ]);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('1 row left out. The others went in.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download the errors of 1 row' }).first().click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe(
      'line,column,reason\n3,quantity,"must be a whole number from 0 to 1000000000: ""many"" is not a number"\n',
    );
    const { body } = await harness.system.admin.get('/items?sku=LAMP-1');
    expect(body.items).toMatchObject([{ name: 'Lamp; front', onHand: 5, attributes: { colour: 'red' } }]);
  });

  it('changes nothing where it only checks, and then imports the same file', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    await page.getByText('Drop a CSV file here').waitFor();
    await dropFile(page, 'checked.csv', 'sku,name\nCHECK-1,To be checked\n');
    await page.getByLabel('Only check').check();
    await page.getByRole('button', { name: 'Only check' }).click();
    await page.getByText('Every row would go in.').waitFor();
    expect((await harness.system.admin.get('/items?sku=CHECK-1')).body.items).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Every row went in.').waitFor();
    expect((await harness.system.admin.get('/items?sku=CHECK-1')).body.items).toHaveLength(1);
  });

  it('says in words what is wrong with a file before any of it is sent', async () => {
    const { page } = await harness.signIn('operator', '/imports');
    await page.getByText('Drop a CSV file here').waitFor();
    const wrong = {
      'PK\u0003\u0004 and so on': /spreadsheet’s own file/,
      'name,price\nMug,4\n': /There must be a column “sku”.*name and price/,
      '': /The file is empty/,
      'sku,name,sku\n': /the column “sku” twice/,
    };
    for (const [content, words] of Object.entries(wrong)) {
      await dropFile(page, 'wrong.csv', content);
      await page.getByRole('alert').filter({ hasText: words }).waitFor();
    }
  });

  it('shows the stock in numbers, what is low, and a chart that is also a table', async () => {
    const person = await harness.signIn('viewer', '/');
    const { page } = person;
    await page.getByRole('link', { name: 'Lamp; front LAMP-1' }).waitFor();
    await page.getByRole('img', { name: /movement.* in 30 days, the most on/ }).waitFor();
    const [, ...days] = await page
      .locator('details')
      .getByRole('row', { includeHidden: true })
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).textContent));
    expect(days).toHaveLength(30);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    await page.waitForFunction(() => document.querySelector('main')!.scrollWidth === 360);
    await page.getByRole('link', { name: 'Lamp; front LAMP-1' }).click();
    await page.getByRole('heading', { name: 'Lamp; front' }).waitFor();
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

import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './support/eventually.ts';
import { scan } from './support/scanner.ts';
import { describeInBrowser } from './support/browser-harness.ts';

const MUG = { sku: 'MUG-01', name: 'Mug, blue', barcode: '4006381333931' };
const PLATE = { sku: 'PLATE-01', name: 'Plate, white', barcode: '4006381333948' };
const FNC1 = '\u001d';
const SHELVES = ['SHELF-1', 'SHELF-2', 'SHELF-3', 'SHELF-4', 'SHELF-5', 'SHELF-6'];

const lastScan = (page: Page) => page.getByRole('region', { name: 'Last scan' });
const quantityOf = (page: Page, name: string) => page.getByLabel(`Quantity of ${name}`);

describeInBrowser('The scan page', (harness) => {
  const scanning = async () => {
    const person = await harness.signIn('operator', '/scan');
    await person.page.getByText('Ready. Scan at any time').waitFor();
    return person;
  };
  const levelOf = async (sku: string, code: string): Promise<number | undefined> => {
    const { body } = await harness.system.admin.get(`/items?sku=${sku}`);
    const stock = await harness.system.admin.get(`/stock?itemId=${body.items[0].id}`);
    return stock.body.items.find(({ location }: any) => location.code === code)?.onHand;
  };
  const receive = (sku: string, code: string, quantity: number) =>
    harness.system.admin.post('/movements', {
      type: 'receipt',
      lines: [{ item: { sku }, location: { code }, quantity }],
    });

  beforeAll(async () => {
    for (const code of SHELVES) await harness.system.admin.post('/locations', { code, name: `Place ${code}` });
    for (const item of [MUG, PLATE]) {
      await harness.system.admin.post('/items', item);
      for (const code of SHELVES) await receive(item.sku, code, 5);
    }
  });

  it('counts a shelf with nothing but a scanner: a trigger that bounces is one scan, and undo takes one back', async () => {
    const { page } = await scanning();
    await scan(page, 'SHELF-1');
    await lastScan(page).getByText('Location: SHELF-1').waitFor();
    await scan(page, MUG.barcode);
    await scan(page, MUG.barcode, 100);
    await lastScan(page).getByText('It is one scan.').waitFor();
    expect(await quantityOf(page, MUG.name).inputValue()).toBe('1');
    await page.getByRole('button', { name: 'It was two: count it once more' }).click();
    await lastScan(page).getByText('2', { exact: true }).waitFor();
    await scan(page, PLATE.sku.toLowerCase());
    await quantityOf(page, PLATE.name).waitFor();
    await scan(page, MUG.barcode);
    await lastScan(page).getByText('3', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo last scan' }).click();
    expect(await quantityOf(page, MUG.name).inputValue()).toBe('2');
    await page.keyboard.press('Control+Enter');
    await page.getByText('The count is saved.').waitFor();
    expect([await levelOf(MUG.sku, 'SHELF-1'), await levelOf(PLATE.sku, 'SHELF-1')]).toEqual([2, 1]);
  });

  it('hears the scanner while a person is in a field or on a button, and leaves both as they were', async () => {
    const { page } = await scanning();
    await scan(page, 'SHELF-2');
    await scan(page, MUG.barcode);
    await quantityOf(page, MUG.name).fill('7');
    await scan(page, PLATE.barcode);
    await quantityOf(page, PLATE.name).waitFor();
    expect(await quantityOf(page, MUG.name).inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Discard' }).focus();
    await scan(page, MUG.barcode);
    await lastScan(page).getByText('8', { exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByLabel('Code', { exact: true }).pressSequentially('mug-01', { delay: 100 });
    await page.keyboard.press('Enter');
    await lastScan(page).getByText('9', { exact: true }).waitFor();
  });

  it('shows what others changed during a count, and overwrites nothing unseen', async () => {
    const { page } = await scanning();
    await scan(page, 'SHELF-3');
    await scan(page, MUG.barcode);
    await quantityOf(page, MUG.name).waitFor();
    await receive(MUG.sku, 'SHELF-3', 4);
    await page.getByRole('button', { name: 'Save count' }).click();
    await page.getByText('Others changed it while you counted: 5 when you began, 9 now.').waitFor();
    expect(await levelOf(MUG.sku, 'SHELF-3')).toBe(9);
    await page.getByRole('button', { name: `Keep my count of ${MUG.name}` }).click();
    await page.getByRole('button', { name: 'Save count' }).click();
    await page.getByText('The count is saved.').waitFor();
    expect(await levelOf(MUG.sku, 'SHELF-3')).toBe(1);
  });

  it('asks once more before it saves a count that changes a level by more than half', async () => {
    await receive(PLATE.sku, 'SHELF-6', 30);
    const { page } = await scanning();
    await scan(page, 'SHELF-6');
    await scan(page, PLATE.barcode);
    await quantityOf(page, PLATE.name).waitFor();
    const question = page.getByText('1 count changes its level by more than half.', { exact: false });
    await page.getByRole('button', { name: 'Save count' }).click();
    await question.waitFor();
    expect(await levelOf(PLATE.sku, 'SHELF-6')).toBe(35);
    await page.getByRole('button', { name: 'Save count' }).click();
    await page.getByText('The count is saved.').waitFor();
    expect(await levelOf(PLATE.sku, 'SHELF-6')).toBe(1);
  });

  it('moves things from one place to another, and says at the line where there is not enough', async () => {
    const { page } = await scanning();
    await page.getByText('Move', { exact: true }).click();
    for (const place of ['SHELF-4', 'SHELF-5']) {
      await scan(page, place);
      await lastScan(page).getByText(`Location: ${place}`).waitFor();
    }
    await scan(page, MUG.barcode);
    await quantityOf(page, MUG.name).fill('6');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('6 asked for, 5 available here.').waitFor();
    await quantityOf(page, MUG.name).fill('2');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('Everything is moved.').waitFor();
    expect([await levelOf(MUG.sku, 'SHELF-4'), await levelOf(MUG.sku, 'SHELF-5')]).toEqual([3, 7]);
  });

  it('receives and ships what is scanned, and looks up without booking', async () => {
    const { page } = await scanning();
    const before = await levelOf(PLATE.sku, 'SHELF-2');
    for (const [mode, done] of [
      ['Receive', 'Everything is received.'],
      ['Ship', 'Everything is shipped.'],
    ] as const) {
      await page.getByText(mode, { exact: true }).first().click();
      await scan(page, 'SHELF-2');
      await lastScan(page).getByText('Location: SHELF-2').waitFor();
      await scan(page, PLATE.barcode);
      await quantityOf(page, PLATE.name).fill(mode === 'Receive' ? '7' : '3');
      await page.keyboard.press('Control+Enter');
      await page.getByText(done).waitFor();
    }
    expect(await levelOf(PLATE.sku, 'SHELF-2')).toBe(before! + 4);
    await page.getByText('Look up', { exact: true }).click();
    await scan(page, PLATE.barcode);
    await lastScan(page).getByRole('heading', { name: PLATE.name }).waitFor();
    await lastScan(page).getByRole('rowheader', { name: 'SHELF-2' }).waitFor();
    await scan(page, '4006381333955');
    await lastScan(page).getByText('No item has the code 4006381333955.').waitFor();
    expect(await levelOf(PLATE.sku, 'SHELF-2')).toBe(before! + 4);
  });

  it('reads the item and the quantity from the label of a case, and keeps what it says where no item has it', async () => {
    const { page } = await scanning();
    await page.getByText('Receive', { exact: true }).first().click();
    await scan(page, 'SHELF-6');
    await lastScan(page).getByText('Location: SHELF-6').waitFor();
    await scan(page, `]C101${MUG.barcode.padStart(14, '0')}10LOT7${FNC1}3012`);
    await lastScan(page).getByText(MUG.name).waitFor();
    await scan(page, MUG.barcode);
    await eventually(async () => expect(await quantityOf(page, MUG.name).inputValue()).toBe('13'));
    await page.getByRole('button', { name: 'Undo last scan' }).click();
    await page.getByRole('button', { name: 'Undo last scan' }).click();
    await lastScan(page).getByText(`Taken back: 12 ${MUG.name}`).waitFor();
    await scan(page, `]d20109780201379631${FNC1}3024`);
    await page.getByRole('button', { name: 'Add an item with the code (01)09780201379631(30)24' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('A case');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await quantityOf(page, 'A case').inputValue()).toBe('24'));
    const { body } = await harness.system.admin.get('/items?barcode=9780201379631');
    expect(body.items.map(({ name, barcode }: any) => [name, barcode])).toEqual([['A case', '9780201379631']]);
  });

  it('keeps codes that no item has, and counts them when the item is added', async () => {
    const { page } = await scanning();
    await scan(page, 'SHELF-4');
    await scan(page, '9780201379624');
    await lastScan(page).getByText('No item has the code 9780201379624. It is kept below.').waitFor();
    await page.getByRole('button', { name: 'Add an item with the code 9780201379624' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('A book');
    await page.keyboard.press('Enter');
    await quantityOf(page, 'A book').waitFor();
    expect(await page.getByRole('heading', { name: 'Codes without an item' }).count()).toBe(0);
  });

  it('loses nothing while the API is unreachable and the page is loaded again', async () => {
    const person = await scanning();
    const { page } = person;
    await scan(page, 'SHELF-5');
    await scan(page, MUG.barcode);
    await quantityOf(page, MUG.name).waitFor();
    await page.context().setOffline(true);
    await scan(page, PLATE.barcode);
    await page.getByText('1 scan waits to be looked up.').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await quantityOf(page, PLATE.name).waitFor();
    expect(await quantityOf(page, MUG.name).inputValue()).toBe('1');
    person.consoleErrors.length = 0; // The browser's own words for a request without a network.
  });

  it('says plainly that there is no camera', async () => {
    const { page } = await scanning();
    await page.getByRole('switch', { name: 'Camera' }).check({ force: true });
    await page.getByText('The camera could not be opened: NotFoundError', { exact: false }).waitFor();
  });

  it('is not for viewers, and has no accessibility violation', async () => {
    const viewer = await harness.signIn('viewer', '/scan');
    await viewer.page.getByText('Your role does not allow this').waitFor();
    expect(await viewer.page.getByRole('link', { name: 'Scan' }).count()).toBe(0);
    const operator = await scanning();
    await scan(operator.page, 'SHELF-1');
    await scan(operator.page, MUG.barcode);
    await scan(operator.page, 'no-such-code');
    await operator.page.getByRole('heading', { name: 'Codes without an item' }).waitFor();
    expect(await operator.accessibilityViolations()).toEqual([]);
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './support/eventually.ts';
import { scan } from './support/scanner.ts';
import { describeInBrowser } from './support/browser-harness.ts';

const LAMP = { sku: 'LAMP-01', name: 'Lamp, brass' };

/** What people type, paste and scan where a whole number belongs, none of which is one. */
const NOT_WHOLE = [
  '1.5',
  '4,5',
  '1e3',
  '1 000',
  '12*',
  '3 pcs',
  '１２',
  '٣',
  '0x10',
  '1-2',
  '++1',
  'twelve',
  '12a',
  '½',
];
/** What is tried in each of the fields, which are all the same component; one of them gets everything. */
const COMMON = ['1.5', '4,5'];
/** Beyond what any field takes. */
const TOO_LARGE = ['4006381333931', '99999999999999999999999999'];
const NOT_AMOUNTS = ['4.50.1', '1,23.4', '1,234', '4.505', '-2', '1e3', '１２', '4.50 per box', '1 00', '€€1', 'x'];

/** Every place with number fields: how to come there, and how many there are. */
const PLACES: Record<string, { path: string; open?: (page: Page) => Promise<unknown>; fields: string[] }> = {
  'a new receipt': { path: '/movements/new', fields: ['Quantity'] },
  'a new adjustment': { path: '/movements/new?type=adjustment', fields: ['Change'] },
  'a new count': { path: '/movements/new?type=count', fields: ['Counted'] },
  'a reservation': { path: '/reservations', open: (page) => page.getByRole('button', { name: 'Reserve' }).click(), fields: ['Quantity'] }, // prettier-ignore
  'a new item': { path: '/items', open: (page) => page.getByRole('button', { name: 'Add item' }).click(), fields: ['Unit cost', 'Reorder point'] }, // prettier-ignore
  'the grid of items': { path: '/items', open: (page) => page.getByRole('grid').press('r'), fields: ['Reorder point'] },
  'many items at once': {
    path: '/items',
    open: async (page) => {
      await page.getByRole('row').getByRole('checkbox').last().check();
      await page.getByRole('button', { name: 'Set reorder point' }).click();
    },
    fields: ['Reorder point'],
  },
  'labels on sheets': { path: '/labels', fields: ['Begin at label', 'Copies of each'] },
  'labels on a roll': {
    path: '/labels',
    open: (page) => page.getByText('Roll', { exact: true }).click(),
    fields: ['Width, mm', 'Height, mm', 'Copies of each'],
  },
  'a scanned count': {
    path: '/scan',
    open: async (page) => {
      await page.getByText('Ready. Scan at any time').waitFor();
      await scan(page, 'MAIN');
      await scan(page, LAMP.sku);
    },
    fields: ['Quantity of Lamp, brass'],
  },
  ...Object.fromEntries(
    (['Receive', 'Ship', 'Move', 'Count'] as const).map((action) => [
      `${action} on the item page`,
      {
        path: 'item',
        open: (page: Page) => page.getByRole('button', { name: action, exact: true }).click(),
        fields: [action === 'Count' ? 'Counted' : 'Quantity'],
      },
    ]),
  ),
};

const EVERYTHING_IN = PLACES['a new receipt'];

describeInBrowser('Number fields', (harness) => {
  let itemPath = '';
  beforeAll(async () => {
    const { body } = await harness.system.admin.post('/items', LAMP);
    itemPath = `/items/${body.id}`;
    const lines = [{ item: body.id, location: { code: 'MAIN' }, quantity: 50 }];
    await harness.system.admin.post('/movements', { type: 'receipt', lines });
  });

  it.each(Object.entries(PLACES))('keep in sight what is typed and say why it is refused: %s', async (_, place) => {
    const { page } = await harness.signIn('operator', place.path === 'item' ? itemPath : place.path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await place.open?.(page);
    const writes: string[] = [];
    page.on('request', (request) => request.method() !== 'GET' && writes.push(request.url()));
    const found = await numberFields(page, place.fields.length);
    expect(await Promise.all(found.map(nameOf))).toEqual(place.fields);
    for (const [index, field] of found.entries()) {
      const isMoney = place.fields[index] === 'Unit cost';
      const isSigned = place.fields[index] === 'Change';
      const wrong = isMoney
        ? NOT_AMOUNTS
        : [...(place === EVERYTHING_IN ? NOT_WHOLE : COMMON), ...TOO_LARGE, isSigned ? '0' : '-2'];
      for (const text of wrong) await refuses(page, field, text);
      for (const text of isMoney ? ['4.50', '$4.50', '1.250,00'] : isSigned ? ['-2', '\u22122', '+5'] : ['20', ' 20 '])
        await takes(page, field, text);
    }
    expect(writes).toEqual([]);
  });

  it('books nothing of 1.5, and 12 of 12', async () => {
    const { page } = await harness.signIn('operator', itemPath);
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByLabel('Quantity').pressSequentially('1.5');
    await page.keyboard.press('Enter');
    await page.getByText('“1.5” is not a whole number. Enter digits only, from 1 to 1,000,000,000.').waitFor();
    expect(await page.getByLabel('Quantity').inputValue()).toBe('1.5');
    await page.getByLabel('Quantity').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('12 received.').waitFor();
    expect((await harness.system.admin.get(`/items?sku=${LAMP.sku}`)).body.items[0].onHand).toBe(62);
  });
});

/** All fields of the page that look as if they were for a number, each of which must be our own. */
async function numberFields(page: Page, count: number): Promise<Locator[]> {
  const own = page.locator('input[data-number-field]');
  await eventually(async () => expect(await own.count()).toBe(count));
  const others = page.locator(
    'input:is([type=number], [inputmode=numeric], [inputmode=decimal], [role=spinbutton]):not([data-number-field])',
  );
  expect(await others.count()).toBe(0);
  return own.all();
}

const nameOf = (field: Locator): Promise<string> =>
  field.evaluate(
    (input: HTMLInputElement) => input.ariaLabel ?? input.labels?.[0]?.textContent.replace(/ \*$/, '') ?? '',
  );

async function enter(page: Page, field: Locator, text: string): Promise<void> {
  await field.fill('');
  // As a hand does: key by key. What no key gives comes as if pasted.
  if (/^[\x20-\x7e]+$/.test(text)) await field.pressSequentially(text);
  else await page.keyboard.insertText(text);
  expect(await field.inputValue()).toBe(text);
}

/** Types it and leaves the field. */
async function refuses(page: Page, field: Locator, text: string): Promise<void> {
  await enter(page, field, text);
  await field.blur();
  await field.and(page.locator('[aria-invalid=true]')).waitFor();
  expect({ text, value: await field.inputValue(), hasReason: (await reasonOf(field)) !== '' }).toEqual({
    text,
    value: text,
    hasReason: true,
  });
}

async function takes(page: Page, field: Locator, text: string): Promise<void> {
  await enter(page, field, text);
  expect({ text, isInvalid: await field.getAttribute('aria-invalid') }).toEqual({ text, isInvalid: null });
}

/** What the field says of itself to a screen reader. */
const reasonOf = (field: Locator): Promise<string> =>
  field.evaluate((input) =>
    (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id.endsWith('-error'))
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(''),
  );

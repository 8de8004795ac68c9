import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createItems } from './support/items.ts';
import { describeInBrowser } from './support/browser-harness.ts';
import { scan } from './support/scanner.ts';
import { clippedTexts, smallTargets } from './support/target-sizes.ts';

const press = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await page.getByRole('dialog').waitFor();
};

/** Each page, what tells that it is there, and what opens on it. `ITEM` and the like stand for ids. */
const PLACES: [name: string, path: string, shows: string, open?: (page: Page) => Promise<unknown>][] = [
  ['today', '/', 'Latest movements'],
  ['items', '/items', 'Teapot'],
  ['filtered items', '/items?category=Kitchen&q=Teap', 'Teapot'],
  ['selected items', '/items', 'Teapot', async (page) => {
    await page.getByLabel('Select Teapot').check();
    await page.getByText('1 item selected').waitFor();
  }],
  ['the menu', '/items', 'Teapot', press('Open menu')],
  ['a new item', '/items', 'Teapot', press('Add item')],
  ['an item', '/items/ITEM', 'PO-1'],
  ['a receipt', '/items/ITEM', 'PO-1', press('Receive')],
  ['movements', '/movements', 'Teapot'],
  ['filters of movements', '/movements', 'Teapot', (page) => page.getByRole('button', { name: 'Filters' }).click()],
  ['a movement', '/movements/MOVEMENT', 'PO-1'],
  ['a new movement', '/movements/new?type=transfer', 'Add line'],
  ['reservations', '/reservations', 'ORDER-1'],
  ['locations', '/locations', 'MAIN'],
  ['a location', '/locations/LOCATION', 'Teapot'],
  ['labels', '/labels?items=ITEM', 'Copies of each'],
  ['imports', '/imports', 'targets.csv'],
  ['an import', '/imports?job=IMPORT', 'targets.csv'],
  ['people', '/people', 'Make a key'],
  ['webhooks', '/webhooks', 'Till'],
  ['a webhook', '/webhooks/WEBHOOK', 'Send again'],
  ['the audit', '/audit', 'Item TEA-01'],
  ['the account', '/account', 'Appearance'],
  ['no page', '/nowhere', 'There is no such page'],
  ['scan', '/scan', 'Ready. Scan', async (page) => {
    await scan(page, 'MAIN');
    await scan(page, 'TEA-01');
    await page.getByLabel('Quantity of Teapot').waitFor();
  }],
]; // prettier-ignore

describeInBrowser('On a phone, 360 pixels wide,', (harness) => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    const { admin } = harness.system;
    const [item] = await createItems(harness.system, [{ sku: 'TEA-01', name: 'Teapot', category: 'Kitchen', reorderPoint: 50 }]); // prettier-ignore
    const line = { item: item.id, location: { code: 'MAIN' }, quantity: 20 };
    const movement = await admin.post('/movements', { type: 'receipt', reference: 'PO-1', lines: [line] });
    await admin.post('/reservations', { reference: 'ORDER-1', lines: [{ ...line, quantity: 2 }] });
    await admin.post('/api-keys', { name: 'Till', role: 'operator' });
    const webhook = await admin.post('/webhooks', { url: 'https://till.invalid/', description: 'Till' });
    await admin.post(`/webhooks/${webhook.body.id}/test`);
    const file = 'sku,name\nCUP-01,Cup\n';
    const job = await admin.post('/imports?fileName=targets.csv', file, { 'content-type': 'text/csv' });
    Object.assign(ids, {
      ITEM: item.id,
      MOVEMENT: movement.body.id,
      LOCATION: movement.body.lines[0].location.id,
      IMPORT: job.body.id,
      WEBHOOK: webhook.body.id,
    });
  });

  it('everything on every page is at least 24 pixels high and wide, and no choice is cut', async () => {
    const { page } = await harness.signIn('admin', '/');
    await page.setViewportSize({ width: 360, height: 740 });
    const found: Record<string, { small: string[]; clipped: string[] }> = {};
    for (const [name, path, shows, open] of PLACES) {
      await page.goto(path.replace(/[A-Z]{4,}/, (id) => ids[id]!));
      await page.getByText(shows).filter({ visible: true }).first().waitFor();
      await open?.(page);
      found[name] = { small: await smallTargets(page), clipped: await clippedTexts(page) };
    }
    const none = { small: [], clipped: [] };
    expect(found).toEqual(Object.fromEntries(PLACES.map(([name]) => [name, none])));
  }, 600_000);
});

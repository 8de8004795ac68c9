import { beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../../../test/support/until.ts';
import { describeInBrowser } from './support/browser-harness.ts';
import { createItems, rowOf } from './support/items.ts';
import type { System } from './support/system.ts';

/** Less than the minute after which a page reads again by itself while it has the feed. */
const TIMEOUT = { timeout: 30_000 };

const receive = async ({ admin }: System, item: string, quantity: number): Promise<void> => {
  const body = { type: 'receipt', lines: [{ item, location: { code: 'MAIN' }, quantity }] };
  expect((await admin.post('/movements', body)).status).toBe(201);
};

const importItem = async ({ admin }: System, sku: string): Promise<void> => {
  const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'text/csv' };
  const body = `sku,name\n${sku},Imported\n`;
  const { status } = await fetch(`${admin.url}/api/v1/imports?fileName=${sku}.csv`, { method: 'POST', headers, body });
  expect(status).toBe(202);
};

const streamsAre = (system: System, count: number) =>
  until(`${count} streams are open`, async () => (await system.apiMetric('event_streams')) === count);

const onHand = (page: Page, quantity: number) =>
  page.locator('dl').getByText(String(quantity), { exact: true }).first().waitFor(TIMEOUT);

/** A stand-in for a proxy on the way that lets no stream through. */
const refuseStreams = (): void => {
  Reflect.deleteProperty(window, 'SharedWorker');
  class RefusedSource {
    readyState = 2;
    onerror?: () => void;
    constructor() {
      setTimeout(() => this.onerror?.());
    }
    close() {}
  }
  Object.assign(window, { EventSource: Object.assign(RefusedSource, { CONNECTING: 0, OPEN: 1, CLOSED: 2 }) });
};

describeInBrowser('Pages that are open', (harness) => {
  // Those of the windows before have ended.
  beforeEach(() => streamsAre(harness.system, 0));

  it('show what another person does, over one stream for all tabs, with who did it', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LIVE-01', name: 'Seen by all' }]);
    const person = await harness.signIn('operator', `/items/${item.id}`);
    const list = await person.context.newPage();
    await list.goto('/items?q=LIVE-01');
    await rowOf(list, 'Seen by all').waitFor();
    await onHand(person.page, 0);
    await streamsAre(harness.system, 1);
    await receive(harness.system, item.id, 12);
    await onHand(person.page, 12);
    await person.page.getByText(/: Received, .?\+12/).waitFor(TIMEOUT);
    expect(await person.accessibilityViolations()).toEqual([]);
    await rowOf(list, 'Seen by all').getByText('12', { exact: true }).first().waitFor(TIMEOUT);
    expect(await harness.system.apiMetric('event_streams')).toBe(1);
  });

  it('do not tell a person of what they did themselves', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LIVE-02', name: 'Own work' }]);
    const { page } = await harness.signIn('admin', `/items/${item.id}`);
    await onHand(page, 0);
    await streamsAre(harness.system, 1);
    await receive(harness.system, item.id, 7);
    await onHand(page, 7);
    expect(await page.getByText(/Received, .?\+7/).count()).toBe(0);
  });

  it('show an import of another person above the older ones, of which a second page was opened', async () => {
    for (let number = 1; number <= 21; number++) await importItem(harness.system, `LIVE-OLD-${number}`);
    const { page } = await harness.signIn('operator', '/imports');
    await page.getByText('LIVE-OLD-21.csv').waitFor();
    await page.getByRole('button', { name: 'Show earlier ones' }).click();
    await page.getByText('LIVE-OLD-1.csv').waitFor();
    await streamsAre(harness.system, 1);
    await importItem(harness.system, 'LIVE-NEW');
    await page.getByText('LIVE-NEW.csv').waitFor(TIMEOUT);
  });

  it('go on by themselves after the API was unreachable', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LIVE-03', name: 'Stopped for a while' }]);
    const { page } = await harness.signIn('operator', `/items/${item.id}`);
    await onHand(page, 0);
    await streamsAre(harness.system, 1);
    await harness.system.stopApi();
    await page.getByText('The server cannot be reached', { exact: false }).first().waitFor();
    await harness.system.startApi();
    await streamsAre(harness.system, 1);
    await receive(harness.system, item.id, 5);
    await onHand(page, 5);
  });

  it('have a stream of their own where the browser has no shared workers', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LIVE-04', name: 'On a phone' }]);
    const person = await harness.openWindow();
    await person.context.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    await person.signInAs('viewer');
    await person.page.goto(`/items/${item.id}`);
    await onHand(person.page, 0);
    await streamsAre(harness.system, 1);
    await receive(harness.system, item.id, 9);
    await onHand(person.page, 9);
    await person.page.close();
    await streamsAre(harness.system, 0);
  });

  it('read again every few seconds where no stream comes through', async () => {
    const [item] = await createItems(harness.system, [{ sku: 'LIVE-05', name: 'Behind an old proxy' }]);
    const person = await harness.openWindow();
    await person.context.addInitScript(refuseStreams);
    await person.signInAs('viewer');
    await person.page.goto(`/items/${item.id}`);
    await onHand(person.page, 0);
    await receive(harness.system, item.id, 4);
    await onHand(person.page, 4);
    expect(await harness.system.apiMetric('event_streams')).toBe(0);
  });
});

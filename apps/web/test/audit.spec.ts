import { expect, it } from '@jest/globals';
import { describeInBrowser } from './support/browser-harness.ts';
import { createItems } from './support/items.ts';

describeInBrowser('The audit', (harness) => {
  it('lists who changed what, is filtered, and leads to the item, whose page says it too', async () => {
    const { admin } = harness.system;
    const [mug] = await createItems(harness.system, [{ sku: 'AUDIT-01', name: 'Mug' }]);
    await admin.patch(`/items/${mug.id}`, { name: 'Big mug', category: 'Mugs' });
    await admin.post('/locations', { code: 'VAN', name: 'Van' });
    const person = await harness.signIn('admin', '/');
    const { page } = person;
    await page.getByRole('link', { name: 'Audit' }).click();
    const rows = page.getByRole('region', { name: 'Who changed what' }).getByRole('row');
    const change = rows.filter({ hasText: 'Mug → Big mug' });
    await change.getByText('Category: – → Mugs').waitFor();
    await rows.filter({ hasText: 'Location VAN' }).waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);

    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Category' }).click();
    await rows.filter({ hasText: 'Location VAN' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?field=category');
    expect(await rows.count()).toBe(2);
    await change.getByRole('link', { name: 'Item AUDIT-01' }).click();
    await page.getByRole('heading', { name: 'Who changed what' }).waitFor();
    await change.getByText('Category: – → Mugs').waitFor();

    // What others change is there by itself.
    await admin.patch(`/items/${mug.id}`, { category: 'Cups' });
    await rows.getByText('Category: Mugs → Cups').waitFor();
    await page.getByRole('link', { name: 'All in the audit' }).click();
    await page.getByRole('heading', { name: 'Audit', exact: true }).waitFor();
    await rows.filter({ hasText: 'Mugs → Cups' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await rows.filter({ hasText: 'Location VAN' }).waitFor();
  });

  it('is for admins; others see the changes of an item on its page', async () => {
    const [cup] = await createItems(harness.system, [{ sku: 'AUDIT-02', name: 'Cup' }]);
    const { page } = await harness.signIn('viewer', '/audit');
    await page.getByText('Your role does not allow this').waitFor();
    await page.goto(`${harness.system.url}/items/${cup.id}`);
    await page.getByRole('region', { name: 'Who changed what' }).getByText('SKU: AUDIT-02').waitFor();
    expect(await page.getByRole('link', { name: 'All in the audit' }).count()).toBe(0);
  });
});

import { expect, it } from '@jest/globals';
import { describeInBrowser } from './support/browser-harness.ts';

describeInBrowser('The page of webhooks', (harness) => {
  it('adds a webhook by keyboard alone, shows its secret this once, and its log what became of a test', async () => {
    const person = await harness.signIn('admin', '/webhooks');
    const { page } = person;
    await page.getByText('No program is told of changes.').waitFor();
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('https://10.0.0.1/');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Web shop');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('names the address 10.0.0.1, which is not public (private)').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByLabel('URL').fill('https://shop.invalid/events');
    await page.keyboard.press('Enter');
    const secret = await page.getByLabel('Signing secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'I have saved it' }).press('Enter');
    await page.getByRole('row', { name: 'Web shop https://shop.invalid/events Items Enabled' }).waitFor();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('link', { name: 'Web shop' }).press('Enter');
    await page.getByText('Nothing was sent yet.').waitFor();
    await page.getByRole('button', { name: 'Send a test' }).press('Enter');
    await page.getByText('shop.invalid does not resolve to any address.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: /^Send webhook\.test test-.* again$/ }).press('Enter');
    await page.getByText('sent again').waitFor();
  });

  it('changes a webhook, gives it a new secret and deletes it', async () => {
    const { body } = await harness.system.admin.post('/webhooks', {
      url: 'https://till.invalid/',
      description: 'Till',
    });
    const person = await harness.signIn('admin', `/webhooks/${body.id}`);
    const { page } = person;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('switch', { name: 'Enabled' }).press('Space');
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Disabled').waitFor();
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    expect(await page.getByLabel('Signing secret', { exact: true }).inputValue()).not.toBe(body.secret);
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Till is deleted.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/webhooks');
  });

  it('tells people who are not admins that the page is for admins only', async () => {
    const person = await harness.signIn('operator', '/webhooks');
    await person.page.getByText('You are signed in as Operator. An admin can give you another role.').waitFor();
    expect(await person.page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  });
});

import { expect, it } from '@jest/globals';
import { pick } from '../../../test/support/pick.ts';
import { Client } from '../../../test/support/client.ts';
import { describeInBrowser } from './support/browser-harness.ts';

describeInBrowser('The page of people and keys', (harness) => {
  it('adds a person, who can then sign in, and gives them another role', async () => {
    const person = await harness.signIn('admin', '/people');
    const { page } = person;
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('Sam Carter');
    await page.getByLabel('Email').fill('sam@example.com');
    await page.getByRole('button', { name: 'Make one' }).click();
    const password = await page.getByLabel('Password').inputValue();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Sam Carter can sign in now.').waitFor();
    const signedIn = await new Client(harness.system.url).post('/sessions', { email: 'sam@example.com', password });
    expect({ status: signedIn.status, ...pick(signedIn.body.user, 'name', 'role') }).toEqual({
      status: 201,
      name: 'Sam Carter',
      role: 'operator',
    });

    await page.getByRole('button', { name: 'Actions for Sam Carter' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    // Another admin is quicker.
    await harness.system.admin.patch(`/users/${signedIn.body.user.id}`, { name: 'Samira Carter' });
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: /^Viewer/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Now: Samira Carter, sam@example.com, Operator.').waitFor();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Sam Carter is saved.').waitFor();
    await page.getByRole('row', { name: 'Sam Carter' }).getByText('Viewer').waitFor();
  });

  it('refuses to take the role of the last admin, in words', async () => {
    const { page } = await harness.signIn('admin', '/people');
    await page.getByRole('row', { name: 'you' }).getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Edit…' }).waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Edit…', 'Set a new password…']);
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: /^Viewer/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('This is the last admin. Make another person an admin first.').waitFor();
  });

  it('makes a key that is shown once, and revokes it', async () => {
    const person = await harness.signIn('admin', '/people');
    const { page } = person;
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('Web shop');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByLabel('API key', { exact: true }).inputValue();
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'I have saved it' }).click();
    const program = new Client(harness.system.url, key);
    expect((await program.get('/items')).status).toBe(200);
    expect(await page.content()).not.toContain(key);
    expect(await person.accessibilityViolations()).toEqual([]);
    await page.getByRole('button', { name: 'Revoke Web shop' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).last().click();
    await page.getByText('No program has a key.').waitFor();
    expect((await program.get('/items')).status).toBe(401);
  });

  it('tells people who are not admins that the page is for admins only', async () => {
    const person = await harness.signIn('operator', '/people');
    await person.page.getByText('You are signed in as Operator. An admin can give you another role.').waitFor();
    expect(await person.page.getByRole('link', { name: 'People and keys' }).count()).toBe(0);
    expect(await person.accessibilityViolations()).toEqual([]);
  });
});

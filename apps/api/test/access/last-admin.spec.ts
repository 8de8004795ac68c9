import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { ensureFirstAdmin } from '../../src/access/first-admin.ts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { until } from '../../../../test/support/until.ts';
import { createSignedInPerson, signIn } from '../../../../test/support/people.ts';
import { pick } from '../../../../test/support/pick.ts';
import { problem } from '../../../../test/support/responses.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.query(sql`DELETE FROM user_account WHERE role = 'admin'`);
});

const admins = () =>
  api.database.query<{ id: string }>(sql`SELECT id FROM user_account WHERE role = 'admin' ORDER BY id`);
const LAST = problem('conflict', { detail: 'This is the last admin. Make another person an admin first.' });

describe('the last admin', () => {
  it('cannot be demoted or removed, but changed otherwise', async () => {
    const { client, id } = await createSignedInPerson(api, 'admin');
    expect(await client.patch(`/users/${id}`, { role: 'operator' })).toEqual(LAST);
    expect(await client.delete(`/users/${id}`)).toEqual(LAST);
    expect((await client.patch(`/users/${id}`, { role: 'admin', name: 'Kim' })).status).toBe(200);
    expect(await admins()).toEqual([{ id }]);
  });

  it('may go once there is another one', async () => {
    const { client, id } = await createSignedInPerson(api, 'admin');
    const next = await createSignedInPerson(api, 'operator');
    expect((await client.patch(`/users/${next.id}`, { role: 'admin' })).status).toBe(200);
    expect((await client.delete(`/users/${id}`)).status).toBe(204);
    expect(await admins()).toEqual([{ id: next.id }]);
  });

  it('is left where two admins demote, or remove, each other at once', async () => {
    for (let round = 0; round < 10; round++) {
      await api.database.query(sql`DELETE FROM user_account WHERE role = 'admin'`);
      const [one, two] = [await createSignedInPerson(api, 'admin'), await createSignedInPerson(api, 'admin')];
      const replies = await Promise.all(
        round % 2
          ? [one.client.delete(`/users/${two.id}`), two.client.delete(`/users/${one.id}`)]
          : [
              one.client.patch(`/users/${two.id}`, { role: 'viewer' }),
              two.client.patch(`/users/${one.id}`, { role: 'viewer' }),
            ],
      );
      expect(replies.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(await admins()).toHaveLength(1);
    }
  });
});

/** Starts the same work several times, and holds all of them back until each has waited for the accounts longer than a request may. */
async function whileAllWait<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const all = await api.database.transaction(async (tx) => {
    await tx.query(sql`LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE`);
    const started = Array.from({ length: times }, work);
    const waiting = () =>
      tx.first<{ count: number }>(sql`
        SELECT count(*)::int AS count FROM pg_locks
        WHERE relation = 'user_account'::regclass AND NOT granted
          AND clock_timestamp() - waitstart > interval '1.5 seconds'`);
    await until('all of them wait', async () => (await waiting())!.count >= times);
    return () => Promise.all(started);
  });
  return all();
}

describe('the first admin', () => {
  const first = { email: 'first@example.com', password: 'the first password' };

  it('is made where there is none, once by all tasks together, and signs in', async () => {
    const made = await whileAllWait(3, () => ensureFirstAdmin(api.database, first));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await admins()).toHaveLength(1);
    const { status, body } = await signIn(api, first.email, first.password);
    expect({ status, ...pick(body.user, 'email', 'name', 'role') }).toEqual({
      status: 201,
      email: first.email,
      name: 'Admin',
      role: 'admin',
    });
  });

  it('is not made where there is one, whatever the address and password', async () => {
    const { id } = await createSignedInPerson(api, 'admin');
    expect(await ensureFirstAdmin(api.database, { ...first, email: 'second@example.com' })).toBe(false);
    expect(await admins()).toEqual([{ id }]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { networkOf } from '../../src/access/sessions/network.ts';
import { SessionService } from '../../src/access/sessions/session.service.ts';
import { SignInThrottle } from '../../src/access/sessions/sign-in-throttle.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createPerson, setClock, signIn } from './people.ts';

let api: TestApi;
let other: TestApi;
const start = Date.now();

beforeAll(async () => {
  api = await startApi();
  other = await startApi({ options: api.options, drop: () => Promise.resolve() });
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(async () => {
  await api.database.query(sql`DELETE FROM sign_in_failure`);
  at(0);
});
afterEach(() => [api, other].forEach((task) => setClock(task)));

/** Seconds after the beginning, on both tasks. */
const at = (seconds: number) => [api, other].forEach((task) => setClock(task, start + seconds * 1000));
const fail = (email: string, task = api) => signIn(task, email, 'a wrong password');

async function failTimes(times: number, email: string): Promise<void> {
  for (let n = 0; n < times; n++) expect(await fail(email)).toMatchObject({ status: 401 });
}

describe('guessing at one account', () => {
  it('has to wait after the fifth failure, then twice as long each time, up to fifteen minutes', async () => {
    const { email } = await createPerson(api);
    await failTimes(5, email);
    const { status, headers, body } = await fail(email);
    expect(status).toBe(429);
    expect(headers).toMatchObject({ 'retry-after': '1' });
    expect(body).toEqual({
      type: '/api/problems/too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: 'Too many sign-ins have failed. Try again in 1 s.',
      instance: '/api/v1/sessions',
      requestId: headers['x-request-id'],
    });
    let now = 0;
    for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      at(now + wait - 0.001);
      expect(await fail(email)).toMatchObject({ status: 429 });
      at((now += wait));
      expect(await fail(email)).toMatchObject({ status: 401 });
    }
  });

  it('is slowed down all the same where there is no such account', async () => {
    await failTimes(5, 'nobody@example.com');
    expect(await fail('NOBODY@example.com')).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
  });

  it('gets no answer to the right password either, until the wait is over', async () => {
    const { email } = await createPerson(api);
    await failTimes(5, email);
    expect(await signIn(api, email)).toMatchObject({ status: 429 });
    at(1);
    expect(await signIn(api, email)).toMatchObject({ status: 201 });
  });

  it('starts anew once the right password came', async () => {
    const { email } = await createPerson(api);
    await failTimes(4, email);
    expect(await signIn(api, email)).toMatchObject({ status: 201 });
    await failTimes(5, email);
    expect(await fail(email)).toMatchObject({ status: 429 });
  });

  it('starts anew after an hour without a failure', async () => {
    const { email } = await createPerson(api);
    await failTimes(4, email);
    at(3601);
    await failTimes(5, email);
    expect(await fail(email)).toMatchObject({ status: 429 });
  });

  it('hears five answers, also where fifty guesses come at once to two tasks', async () => {
    const { email } = await createPerson(api);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => fail(email, n % 2 ? api : other)));
    const count = (wanted: number) => replies.filter(({ status }) => status === wanted).length;
    expect({ judged: count(401), refused: count(429) }).toEqual({ judged: 5, refused: 45 });
  });

  it('does not learn that a guess was right which was made while too many failed', async () => {
    const throttle = api.app.get(SignInThrottle);
    const source = throttle.sourceOf('guessed@example.com', '192.0.2.1');
    await throttle.assertAllowed(source);
    for (let n = 0; n < 5; n++) await throttle.recordResult(source, false);
    await expect(throttle.recordResult(source, true)).rejects.toMatchObject({ status: 429 });
  });

  it('is another thing than signing in many times at once', async () => {
    const { email } = await createPerson(api);
    const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => signIn(n % 2 ? api : other, email)));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(30).fill(201));
  });

  it('leaves other accounts alone', async () => {
    const { email } = await createPerson(api);
    await failTimes(5, 'nobody@example.com');
    expect(await signIn(api, email)).toMatchObject({ status: 201 });
  });
});

describe('guessing from one network', () => {
  it('has to wait after the twentieth failure, whatever the accounts', async () => {
    const { email } = await createPerson(api);
    for (let n = 0; n < 20; n++) await failTimes(1, `guess-${n}@example.com`);
    expect(await signIn(other, email)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    at(1);
    expect(await signIn(other, email)).toMatchObject({ status: 201 });
  });

  it('is not cleared by signing in to an account of one’s own, nor made worse by it', async () => {
    const { email } = await createPerson(api);
    for (let n = 0; n < 19; n++) await failTimes(1, `guess-${n}@example.com`);
    for (let n = 0; n < 3; n++) expect(await signIn(api, email)).toMatchObject({ status: 201 });
    await failTimes(1, 'guess-19@example.com');
    expect(await signIn(api, email)).toMatchObject({ status: 429 });
  });

  it('leaves other networks alone', async () => {
    const throttle = api.app.get(SignInThrottle);
    const from = (address: string) => throttle.assertAllowed(throttle.sourceOf('one more', address));
    for (let n = 0; n < 20; n++) await throttle.recordResult(throttle.sourceOf(`guess-${n}`, '2001:db8:1:2::1'), false);
    await expect(from('2001:db8:1:2:ffff::9')).rejects.toMatchObject({ status: 429 });
    await expect(from('2001:db8:1:3::1')).resolves.toBeUndefined();
    await expect(from('192.0.2.1')).resolves.toBeUndefined();
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:0DB8:0:0012:3:4:5:6', '2001:db8:0:12::/64'],
    ['2001:db8::12:3', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
    ['what is this', 'what is this'],
  ])('counts %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

it('keeps no address in the clear, nor a hash that could be guessed', async () => {
  await fail('nobody@example.com');
  const rows = await api.database.query<{ key: Buffer } & Record<string, Buffer>>(sql`
    SELECT key, sha256('nobody@example.com') AS email, sha256('127.0.0.1') AS address,
           sha256('account nobody@example.com') AS account, sha256('network 127.0.0.1') AS network FROM sign_in_failure`);
  expect(rows).toHaveLength(2);
  for (const { key, ...guesses } of rows) {
    expect(key).toHaveLength(32);
    for (const guess of Object.values(guesses)) expect(key.equals(guess)).toBe(false);
  }
});

it('forgets failures after an hour', async () => {
  const count = () => api.database.first(sql`SELECT count(*)::int AS count FROM sign_in_failure`);
  await fail('nobody@example.com');
  at(3599);
  await api.app.get(SessionService).deleteExpired();
  expect(await count()).toEqual({ count: 2 });
  at(3601);
  await api.app.get(SessionService).deleteExpired();
  expect(await count()).toEqual({ count: 0 });
});

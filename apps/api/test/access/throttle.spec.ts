import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { Problem } from '#service';
import { SessionService } from '../../src/access/sessions/session.service.ts';
import { SignInThrottle } from '../../src/access/sessions/sign-in-throttle.ts';
import type { TestApi } from '../../../../test/support/api.ts';
import { createPerson, PASSWORD, setClock, signIn } from '../../../../test/support/people.ts';
import { startTwoTasks } from './two-tasks.ts';
import { problem } from '../../../../test/support/responses.ts';

let api: TestApi;
let other: TestApi;
const start = Date.now();

beforeAll(async () => {
  [api, other] = await startTwoTasks();
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(async () => {
  await api.database.query(sql`DELETE FROM sign_in_failure`);
  await api.database.query(sql`DELETE FROM known_network`);
  at(0);
});
afterEach(() => [api, other].forEach((task) => setClock(task)));

/** Seconds after the beginning, on both tasks. */
const at = (seconds: number) => [api, other].forEach((task) => setClock(task, start + seconds * 1000));
const fail = (email: string, task = api) => signIn(task, email, 'a wrong password');

async function failTimes(times: number, email: string): Promise<void> {
  for (let n = 0; n < times; n++) expect((await fail(email)).status).toBe(401);
}

/** Signs in as a client with this address does. @returns the device token, or the status of the refusal */
async function signInFrom(address: string, email: string, password = PASSWORD, deviceToken?: string, task = api) {
  try {
    const { body } = await task.app.get(SessionService).signIn(address, { email, password, deviceToken });
    return { deviceToken: (JSON.parse(body) as { deviceToken: string }).deviceToken };
  } catch (error) {
    if (error instanceof Problem) return { status: error.status };
    throw error;
  }
}
const SIGNED_IN = { deviceToken: expect.any(String) as unknown };

/** The state after failures from so many addresses, at one account or each at one of its own, without the work of their passwords. */
async function failFromEverywhere(
  times: number,
  account: (n: number) => string,
  address = (n: number) => `198.51.${n >> 8}.${n & 255}`,
) {
  const throttle = api.app.get(SignInThrottle);
  for (let n = 0; n < times; n++) {
    const client = { account: account(n), userId: null, address: address(n), deviceId: undefined };
    await throttle.recordResult(await throttle.classify(client), false);
  }
}

describe('guessing at one account from one network', () => {
  it('has to wait after the fifth failure, then twice as long each time, up to fifteen minutes', async () => {
    const { email } = await createPerson(api);
    await failTimes(5, email);
    const { status, headers, body } = await fail(email);
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('1');
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
      expect((await fail(email)).status).toBe(429);
      at((now += wait));
      expect((await fail(email)).status).toBe(401);
    }
  });

  it('gets the same answers where there is no such account', async () => {
    await failTimes(5, 'nobody@example.com');
    expect(await fail('NOBODY@example.com')).toEqual(
      problem('too-many-requests', {
        detail: 'Too many sign-ins have failed. Try again in 1 s.',
        headers: { 'retry-after': '1' },
      }),
    );
  });

  it('gets no answer to the right password either, until the wait is over', async () => {
    const { email } = await createPerson(api);
    await failTimes(5, email);
    expect((await signIn(api, email)).status).toBe(429);
    at(1);
    expect((await signIn(api, email)).status).toBe(201);
  });

  it('is not forgiven when the owner signs in', async () => {
    const { email } = await createPerson(api);
    await failTimes(4, email);
    expect((await signIn(api, email)).status).toBe(201);
    await failTimes(1, email);
    expect((await fail(email)).status).toBe(429);
  });

  it('starts again after an hour without a failure', async () => {
    const { email } = await createPerson(api);
    await failTimes(4, email);
    at(3601);
    await failTimes(5, email);
    expect((await fail(email)).status).toBe(429);
  });

  it('gets five answers, also where fifty guesses come at once to two tasks', async () => {
    const { email } = await createPerson(api);
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => fail(email, n % 2 ? api : other)));
    const count = (wanted: number) => replies.filter(({ status }) => status === wanted).length;
    expect({ answered: count(401), refused: count(429) }).toEqual({ answered: 5, refused: 45 });
  });

  it('does not learn that a guess was right which was made while too many failed', async () => {
    const throttle = api.app.get(SignInThrottle);
    const client = { account: 'guessed@example.com', userId: null, address: '192.0.2.1', deviceId: undefined };
    const attempt = await throttle.classify(client);
    await throttle.assertAllowed(attempt);
    for (let n = 0; n < 5; n++) await throttle.recordResult(attempt, false);
    await expect(throttle.recordResult(attempt, true)).rejects.toThrow('Too many sign-ins have failed.');
  });

  it('is told from signing in many times at once', async () => {
    const { email } = await createPerson(api);
    const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => signIn(n % 2 ? api : other, email)));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(30).fill(201));
  });

  it('leaves other accounts, and the same account from other networks, alone', async () => {
    const [one, two] = [await createPerson(api), await createPerson(api)];
    await failTimes(5, one.email);
    expect((await signIn(api, one.email)).status).toBe(429);
    expect((await signIn(api, two.email)).status).toBe(201);
    expect(await signInFrom('192.0.2.1', one.email)).toEqual(SIGNED_IN);
  });
});

describe('guessing at one account from changing networks', () => {
  it('has to wait after a hundred failures, on every task and whatever the network', async () => {
    const { email } = await createPerson(api);
    await failFromEverywhere(99, () => email.toLowerCase());
    expect(await signInFrom('203.0.113.1', email, 'a wrong password')).toEqual({ status: 401 });
    expect(await signInFrom('203.0.113.2', email, 'a wrong password', undefined, other)).toEqual({ status: 429 });
    at(1);
    expect(await signInFrom('203.0.113.2', email, 'a wrong password', undefined, other)).toEqual({ status: 401 });
    at(2.999);
    expect(await signInFrom('203.0.113.3', email)).toEqual({ status: 429 });
  });

  it('never delays the owner on a device or in a network where the owner signed in before', async () => {
    const { email } = await createPerson(api);
    const first = await signInFrom('192.0.2.1', email);
    await failFromEverywhere(100, () => email.toLowerCase());
    expect(await signInFrom('203.0.113.9', email)).toEqual({ status: 429 });
    expect(await signInFrom('203.0.113.9', email, PASSWORD, first.deviceToken, other)).toEqual(SIGNED_IN);
    expect(await signInFrom('192.0.2.1', email, PASSWORD, undefined, other)).toEqual(SIGNED_IN);
  });

  it('is not helped by a device token of another account, a changed one, or one that has expired', async () => {
    const [victim, attacker] = [await createPerson(api), await createPerson(api)];
    const own = (await signInFrom('192.0.2.1', attacker.email)).deviceToken ?? '';
    const { deviceToken = '' } = await signInFrom('192.0.2.2', victim.email);
    const changed = deviceToken.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    await failFromEverywhere(100, () => victim.email.toLowerCase());
    for (const token of [own, changed, `${deviceToken}A`, '', 'no token'])
      expect(await signInFrom('203.0.113.9', victim.email, PASSWORD, token)).toEqual({ status: 429 });
    at(366 * 24 * 3600);
    await failFromEverywhere(100, () => victim.email.toLowerCase());
    expect(await signInFrom('203.0.113.9', victim.email, PASSWORD, deviceToken)).toEqual({ status: 429 });
  });

  it('has to wait for itself on a known device', async () => {
    const { email } = await createPerson(api);
    const { deviceToken } = await signInFrom('192.0.2.1', email);
    for (let n = 0; n < 5; n++)
      expect(await signInFrom(`192.0.2.${n}`, email, 'a wrong password', deviceToken)).toEqual({ status: 401 });
    expect(await signInFrom('192.0.2.9', email, PASSWORD, deviceToken)).toEqual({ status: 429 });
    expect(await signInFrom('192.0.2.9', email)).toEqual(SIGNED_IN);
  });
});

describe('guessing at many accounts from one network', () => {
  const from = (address: string) => () => address;

  it('has to wait after a hundred failures, except at accounts that signed in from there before', async () => {
    const [known, unknown] = [await createPerson(api), await createPerson(api)];
    expect(await signInFrom('192.0.2.1', known.email)).toEqual(SIGNED_IN);
    await failFromEverywhere(100, (n) => `guess-${n}@example.com`, from('192.0.2.1'));
    expect(await signInFrom('192.0.2.1', unknown.email, PASSWORD, undefined, other)).toEqual({ status: 429 });
    expect(await signInFrom('192.0.2.1', known.email, PASSWORD, undefined, other)).toEqual(SIGNED_IN);
    at(1);
    expect(await signInFrom('192.0.2.1', unknown.email)).toEqual(SIGNED_IN);
  });

  it('does not lock others out of the same network with twenty failures', async () => {
    const { email } = await createPerson(api);
    await failFromEverywhere(20, (n) => `guess-${n}@example.com`, from('192.0.2.1'));
    expect(await signInFrom('192.0.2.1', email)).toEqual(SIGNED_IN);
  });

  it('is counted by the first 64 bits of an IPv6 address', async () => {
    const { email } = await createPerson(api);
    await failFromEverywhere(
      100,
      (n) => `guess-${n}@example.com`,
      (n) => `2001:db8:1:2::${n.toString(16)}`,
    );
    expect(await signInFrom('2001:db8:1:2:ffff::9', email)).toEqual({ status: 429 });
    expect(await signInFrom('2001:db8:1:3::1', email)).toEqual(SIGNED_IN);
  });
});

it('keeps no address in the clear, nor a hash that could be guessed', async () => {
  await fail('nobody@example.com');
  const rows = await api.database.query<{ key: Buffer } & Record<string, Buffer>>(sql`
    SELECT key, sha256('nobody@example.com') AS email, sha256('127.0.0.1') AS address,
           sha256('account nobody@example.com') AS account, sha256('network 127.0.0.1') AS network FROM sign_in_failure`);
  expect(rows).toHaveLength(3);
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
  expect(await count()).toEqual({ count: 3 });
  at(3601);
  await api.app.get(SessionService).deleteExpired();
  expect(await count()).toEqual({ count: 0 });
});

it('knows at most the twenty newest networks of an account, for ninety days', async () => {
  const { email, id } = await createPerson(api);
  const count = () => api.database.first(sql`SELECT count(*)::int AS count FROM known_network WHERE user_id = ${id}`);
  for (let n = 0; n < 22; n++) {
    at(n);
    await signInFrom(`192.0.2.${n}`, email);
  }
  expect(await count()).toEqual({ count: 20 });
  at(90 * 24 * 3600 + 22);
  await api.app.get(SessionService).deleteExpired();
  expect(await count()).toEqual({ count: 0 });
});

import { afterAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#service';
import { pick } from '../../../../test/support/pick.ts';
import { Semaphore } from '../../src/access/secrets/semaphore.ts';
import { PasswordHasher } from '../../src/access/secrets/password-hasher.ts';
import { EncryptionService } from '../../src/http/encryption.service.ts';

const RETRY = { headers: { 'retry-after': '2' } };
const QUEUE_FULL = { kind: 'unavailable', detail: 'Too many sign-ins are waiting. Try again in 2 s.', extra: RETRY };

/** Why work was refused. */
async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  const [{ reason }] = (await Promise.allSettled([work])) as [PromiseRejectedResult];
  return pick(reason as Problem, 'kind', 'detail', 'extra');
}

const OLD_NFC_HASH = '$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AV8FJuhFjqFZublARXgII9CIpTt9gFOlhRc/ELdNzBY';

describe('a password', () => {
  const passwords = new PasswordHasher();
  afterAll(() => passwords.onApplicationShutdown());

  it('matches its own hash only', async () => {
    const phc = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', phc)).toBe(true);
    expect(await passwords.verify('Correct horse', phc)).toBe(false);
    expect(await passwords.verify('correct horse', undefined)).toBe(false);
  });

  it('matches in NFKC, and also a hash that was made of NFC', async () => {
    expect(await passwords.verify('ﬁve mugs on a shelf', await passwords.hash('five mugs on a shelf'))).toBe(true);
    // argon2 of "ﬁve mugs" in NFC, as earlier versions stored it.
    expect(await passwords.verify('ﬁve mugs', OLD_NFC_HASH)).toBe(true);
    expect(await passwords.verify('five mugs', OLD_NFC_HASH)).toBe(false);
  });

  it('has another hash each time', async () => {
    expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'));
  });

  it('is the same however its letters are composed', async () => {
    expect(await passwords.verify('cafe\u0301 au lait', await passwords.hash('caf\u00e9 au lait'))).toBe(true);
  });

  it('is hashed also after the thread that does it had to end', async () => {
    const phc = await passwords.hash('correct horse');
    await expect(passwords.verify('any', phc.replace('t=2', 't=0'))).rejects.toThrow();
    await expect(passwords.verify('correct horse', phc)).resolves.toBe(true);
    await passwords.onApplicationShutdown();
    await expect(passwords.verify('correct horse', phc)).resolves.toBe(true);
  });

  it('matches a hash that was made elsewhere, at another cost', async () => {
    // The reference implementation's test vector: argon2 of "password", salt "somesalt", m=65536, t=2, p=1.
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.verify('password', phc)).toBe(true);
    expect(await passwords.verify('passwore', phc)).toBe(false);
  });
});

describe('the semaphore', () => {
  it('runs two at a time, in order, and goes on after a failure', async () => {
    const semaphore = new Semaphore({ limit: 2, maxQueue: 10, maxPerKey: 10 });
    let [running, most] = [0, 0];
    const order: number[] = [];
    const work = (n: number) => async () => {
      most = Math.max(most, ++running);
      order.push(n);
      await new Promise(setImmediate);
      running--;
      if (n === 1) throw new Error('one failed');
    };
    const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => semaphore.run(work(n), { lane: 'normal' })));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect({ most, order }).toEqual({ most: 2, order: [0, 1, 2, 3, 4] });
  });

  it('refuses work at once where the queue is full, and admits it again when it is not', async () => {
    const semaphore = new Semaphore({ limit: 1, maxQueue: 1, maxPerKey: 10 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = () => semaphore.run(() => promise, { lane: 'normal' });
    const served = [run(), run()];
    expect(await refusalOf(run())).toEqual(QUEUE_FULL);
    resolve();
    await Promise.all(served);
    await expect(run()).resolves.toBeUndefined();
  });

  it('refuses a key beyond its share, leaves other keys alone, and forgets keys that hold nothing', async () => {
    const semaphore = new Semaphore({ limit: 1, maxQueue: 10, maxPerKey: 2 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = (key: string) => semaphore.run(() => promise, { lane: 'normal', key });
    const served = [run('a'), run('a')];
    expect(await refusalOf(run('a'))).toEqual({
      kind: 'too-many-requests',
      detail: 'Too many sign-ins from this network are waiting. Try again in 2 s.',
      extra: RETRY,
    });
    served.push(run('b'));
    resolve();
    await Promise.all(served);
    await expect(run('a')).resolves.toBeUndefined();
  });

  it('runs priority work before all normal work that waits, however much that is', async () => {
    const semaphore = new Semaphore({ limit: 1, maxQueue: 2, maxPerKey: 10 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const order: string[] = [];
    const run = (name: string, lane: 'normal' | 'priority') =>
      semaphore.run(
        () => {
          order.push(name);
          return promise;
        },
        { lane },
      );
    const served = [run('first', 'normal'), run('second', 'normal'), run('third', 'normal')];
    expect(await refusalOf(run('fourth', 'normal'))).toEqual(QUEUE_FULL);
    served.push(run('known', 'priority'));
    resolve();
    await Promise.all(served);
    expect(order).toEqual(['first', 'known', 'second', 'third']);
  });
});

describe('the encryption', () => {
  const encryption = new EncryptionService('a signing key for tests, long enough to be one');

  it('is reversed with the same key and the same associated data only', () => {
    const sealed = encryption.encrypt('{"key":"sk_1 ✓"}', 'here');
    expect(sealed).not.toBe(encryption.encrypt('{"key":"sk_1 ✓"}', 'here'));
    expect(encryption.decrypt(sealed, 'here')).toBe('{"key":"sk_1 ✓"}');
    expect(() => encryption.decrypt(sealed, 'there')).toThrow();
    expect(() => new EncryptionService('another signing key, as long as it').decrypt(sealed, 'here')).toThrow();
    const changed = Buffer.from(sealed, 'base64url');
    changed[changed.length - 1]! ^= 1;
    expect(() => encryption.decrypt(changed.toString('base64url'), 'here')).toThrow();
  });

  it('has an HMAC that depends on the value and on the key', () => {
    const other = new EncryptionService('another signing key, as long as it');
    expect(encryption.hmac('a')).toEqual(encryption.hmac('a'));
    expect(encryption.hmac('a')).not.toEqual(encryption.hmac('b'));
    expect(encryption.hmac('a')).not.toEqual(other.hmac('a'));
  });
});

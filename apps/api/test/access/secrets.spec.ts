import { afterAll, describe, expect, it } from '@jest/globals';
import { Semaphore } from '../../src/access/secrets/semaphore.ts';
import { PasswordHasher } from '../../src/access/secrets/password-hasher.ts';
import { EncryptionService } from '../../src/http/encryption.service.ts';

describe('a password', () => {
  const passwords = new PasswordHasher();
  afterAll(() => passwords.onApplicationShutdown());

  it('matches its own hash only', async () => {
    const phc = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', phc)).toBe(true);
    expect(await passwords.verify('Correct horse', phc)).toBe(false);
    expect(await passwords.verify('correct horse', undefined)).toBe(false);
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
    // The reference implementation's test vector: argon2 of «password», salt «somesalt», m=65536, t=2, p=1.
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.verify('password', phc)).toBe(true);
    expect(await passwords.verify('passwore', phc)).toBe(false);
  });
});

describe('the gate', () => {
  it('lets two through at a time, in order, and goes on after a failure', async () => {
    const gate = new Semaphore(2, 10);
    let [running, most] = [0, 0];
    const order: number[] = [];
    const work = (n: number) => async () => {
      most = Math.max(most, ++running);
      order.push(n);
      await new Promise(setImmediate);
      running--;
      if (n === 1) throw new Error('one failed');
    };
    const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => gate.run(work(n))));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect({ most, order }).toEqual({ most: 2, order: [0, 1, 2, 3, 4] });
  });

  it('turns away whom the line has no place for', async () => {
    const gate = new Semaphore(1, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const served = [gate.run(() => promise), gate.run(() => promise)];
    await expect(gate.run(() => promise)).rejects.toMatchObject({
      kind: 'unavailable',
      extra: { headers: { 'retry-after': '2' } },
    });
    resolve();
    await Promise.all(served);
    await expect(gate.run(() => Promise.resolve('served'))).resolves.toBe('served');
  });
});

describe('what is sealed', () => {
  const sealer = new EncryptionService('a signing key for tests, long enough to be one');

  it('opens with the same key, for the same place only', () => {
    const sealed = sealer.encrypt('{"key":"sk_1 ✓"}', 'here');
    expect(sealed).not.toBe(sealer.encrypt('{"key":"sk_1 ✓"}', 'here'));
    expect(sealer.decrypt(sealed, 'here')).toBe('{"key":"sk_1 ✓"}');
    expect(() => sealer.decrypt(sealed, 'there')).toThrow();
    expect(() => new EncryptionService('another signing key, as long as it').decrypt(sealed, 'here')).toThrow();
    const changed = Buffer.from(sealed, 'base64url');
    changed[changed.length - 1]! ^= 1;
    expect(() => sealer.decrypt(changed.toString('base64url'), 'here')).toThrow();
  });

  it('is blinded in a way that another key does not repeat', () => {
    const other = new EncryptionService('another signing key, as long as it');
    expect(sealer.hmac('a')).toEqual(sealer.hmac('a'));
    expect(sealer.hmac('a')).not.toEqual(sealer.hmac('b'));
    expect(sealer.hmac('a')).not.toEqual(other.hmac('a'));
  });
});

import { afterAll, describe, expect, it } from '@jest/globals';
import { Gate } from '../../src/access/secrets/gate.ts';
import { Passwords } from '../../src/access/secrets/passwords.ts';
import { Sealer } from '../../src/http/sealer.ts';

describe('a password', () => {
  const passwords = new Passwords();
  afterAll(() => passwords.onApplicationShutdown());

  it('matches its own hash only', async () => {
    const phc = await passwords.hash('correct horse');
    expect(await passwords.matches('correct horse', phc)).toBe(true);
    expect(await passwords.matches('Correct horse', phc)).toBe(false);
    expect(await passwords.matches('correct horse', undefined)).toBe(false);
  });

  it('has another hash each time', async () => {
    expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'));
  });

  it('is the same however its letters are composed', async () => {
    expect(await passwords.matches('cafe\u0301 au lait', await passwords.hash('caf\u00e9 au lait'))).toBe(true);
  });

  it('is hashed also after the thread that does it had to end', async () => {
    const phc = await passwords.hash('correct horse');
    await expect(passwords.matches('any', phc.replace('t=2', 't=0'))).rejects.toThrow();
    await expect(passwords.matches('correct horse', phc)).resolves.toBe(true);
    await passwords.onApplicationShutdown();
    await expect(passwords.matches('correct horse', phc)).resolves.toBe(true);
  });

  it('matches a hash that was made elsewhere, at another cost', async () => {
    // The reference implementation's test vector: argon2 of «password», salt «somesalt», m=65536, t=2, p=1.
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.matches('password', phc)).toBe(true);
    expect(await passwords.matches('passwore', phc)).toBe(false);
  });
});

describe('the gate', () => {
  it('lets two through at a time, in order, and goes on after a failure', async () => {
    const gate = new Gate(2, 10);
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
    const gate = new Gate(1, 1);
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
  const sealer = new Sealer('a signing key for tests, long enough to be one');

  it('opens with the same key, for the same place only', () => {
    const sealed = sealer.seal('{"key":"sk_1 ✓"}', 'here');
    expect(sealed).not.toBe(sealer.seal('{"key":"sk_1 ✓"}', 'here'));
    expect(sealer.open(sealed, 'here')).toBe('{"key":"sk_1 ✓"}');
    expect(() => sealer.open(sealed, 'there')).toThrow();
    expect(() => new Sealer('another signing key, as long as it').open(sealed, 'here')).toThrow();
    const changed = Buffer.from(sealed, 'base64url');
    changed[changed.length - 1]! ^= 1;
    expect(() => sealer.open(changed.toString('base64url'), 'here')).toThrow();
  });

  it('is blinded in a way that another key does not repeat', () => {
    const other = new Sealer('another signing key, as long as it');
    expect(sealer.blind('a')).toEqual(sealer.blind('a'));
    expect(sealer.blind('a')).not.toEqual(sealer.blind('b'));
    expect(sealer.blind('a')).not.toEqual(other.blind('a'));
  });
});

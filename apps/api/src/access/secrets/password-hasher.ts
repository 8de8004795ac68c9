import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Argon2 } from './argon2.ts';
import { type Admission, Semaphore } from './semaphore.ts';

/** OWASP's Password Storage Cheat Sheet for Argon2id (RFC 9106): `memory` in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes passwords, one at a time: each takes 19 MiB while it runs. Call `onApplicationShutdown` at the end. */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly argon2 = new Argon2();
  /** 20 MiB and one thread, whatever arrives; with 64 waiting, the last waits two to three seconds. */
  private readonly semaphore = new Semaphore({ limit: 1, maxQueue: 64, maxPerKey: 32 });
  /** Compared with where there is no account, so that the response takes as long. No password has this hash. */
  private readonly dummyHash = phcOf(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

  /** @returns a PHC string. @throws Problem `unavailable` where too many are waiting */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const key = await this.compute(password.normalize('NFKC'), { ...COST, salt }, HASH_BYTES, { lane: 'priority' });
    return phcOf(COST, salt, key);
  }

  /**
   * Whether the password is the one that was hashed. Without a hash, the result is false after the same work.
   * @throws Problem `unavailable` or `too-many-requests` where too many are waiting
   */
  async verify(
    password: string,
    phc: string | undefined,
    admission: Admission = { lane: 'priority' },
  ): Promise<boolean> {
    const { hash, ...settings } = parse(phc ?? this.dummyHash);
    for (const form of formsOf(password)) {
      if (timingSafeEqual(await this.compute(form, settings, hash.length, admission), hash)) return true;
    }
    return false;
  }

  onApplicationShutdown(): Promise<void> {
    return this.argon2.close();
  }

  private compute(
    message: string,
    { salt, ...cost }: typeof COST & { salt: Buffer },
    tagLength: number,
    admission: Admission,
  ): Promise<Buffer> {
    return this.semaphore.run(() => this.argon2.compute({ message, nonce: salt, tagLength, ...cost }), admission);
  }
}

/**
 * The same letters may be typed as different code points, so one form is hashed: NFKC (NIST SP 800-63B §3.1.1.2). Older
 * hashes are of NFC; the two differ for few passwords, and then by the password alone, so the time tells nothing.
 */
const formsOf = (password: string): Set<string> => new Set([password.normalize('NFKC'), password.normalize('NFC')]);

/** The PHC string format; its base64 has no padding. */
function phcOf({ memory, passes, parallelism }: typeof COST, salt: Buffer, hash: Buffer): string {
  const [saltText, hashText] = [salt, hash].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${saltText}$${hashText}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parse(phc: string) {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(phc) ?? [];
  if (!salt || !hash) throw new Error('A stored password is not an Argon2id PHC string');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Argon2 } from './argon2.ts';
import { Semaphore } from './semaphore.ts';

/** OWASP's Password Storage Cheat Sheet for Argon2id (RFC 9106): `memory` in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes passwords, one at a time: each takes 19 MiB while it runs. Whoever makes one of these closes it. */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly argon2 = new Argon2();
  private readonly semaphore = new Semaphore(1, 100);
  /** What no password has: compared with where there is no account, so that this takes as long. */
  private readonly dummyHash = phcOf(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

  /** @returns a PHC string. @throws Problem `unavailable` where too many are waiting */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return phcOf(COST, salt, await this.compute(password, { ...COST, salt }, HASH_BYTES));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it is not, after the same work.
   * @throws Problem `unavailable` where too many are waiting
   */
  async verify(password: string, phc: string | undefined): Promise<boolean> {
    const { hash, ...settings } = parse(phc ?? this.dummyHash);
    return timingSafeEqual(await this.compute(password, settings, hash.length), hash);
  }

  onApplicationShutdown(): Promise<void> {
    return this.argon2.close();
  }

  private compute(
    password: string,
    { salt, ...cost }: typeof COST & { salt: Buffer },
    tagLength: number,
  ): Promise<Buffer> {
    // The same letters may be typed as different code points (RFC 8265 §4.2.1 asks for one form).
    const message = password.normalize('NFC');
    return this.semaphore.run(() => this.argon2.compute({ message, nonce: salt, tagLength, ...cost }));
  }
}

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

import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import { Database } from '../../database/database.ts';
import { EncryptionService } from '../../http/encryption.service.ts';
import { Clock } from '../clock.ts';
import { networkOf } from './network.ts';
import { type Counter, NEVER_BLOCKED, ThrottleRepository } from './throttle.repository.ts';

/** How many failures cost nothing. A network has more of them: an office may share one address. */
const FREE = { account: 5, network: 20 };
/** The first delay; each further failure doubles it. */
const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;
/** A count starts anew when nothing failed for this long. */
const FORGIVEN_MS = 60 * 60_000;

/** What a sign-in is counted by: the keys of its counters. */
export type Source = Record<keyof typeof FREE, string>;

/**
 * Slows down whoever guesses passwords: at one account, or from one network. The counts are in the database, so that it
 * makes no difference which task is asked.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly database: Database,
    private readonly counters: ThrottleRepository,
    private readonly encryption: EncryptionService,
    private readonly clock: Clock,
  ) {}

  sourceOf(account: string, address: string): Source {
    const keyOf = (what: string) => this.encryption.hmac(what).toString('hex');
    return { account: keyOf(`account ${account}`), network: keyOf(`network ${networkOf(address)}`) };
  }

  /**
   * Asked before the password is looked at, to spare the work.
   * @throws Problem `too-many-requests`, whether or not there is such an account
   */
  async assertAllowed(source: Source): Promise<void> {
    this.assertNotBlocked(await this.counters.find(this.database, Object.values(source)));
  }

  /**
   * Counts what came of it; a right password clears the account's count. Where others have failed too often while this
   * one was looked at, it gets no answer either: a thousand guesses at once hear no more than a thousand in a row.
   * @throws Problem `too-many-requests`
   */
  async recordResult(source: Source, isRight: boolean): Promise<void> {
    const now = this.clock.now();
    const keys = Object.values(source).sort();
    await this.database.transaction(async (tx) => {
      if (!isRight) await this.counters.create(tx, keys, new Date(now));
      const counters = await this.counters.lock(tx, keys);
      this.assertNotBlocked(counters);
      if (isRight) return this.counters.clear(tx, source.account);
      for (const counter of counters) {
        const free = counter.key === source.account ? FREE.account : FREE.network;
        await this.counters.save(tx, afterFailure(counter, free, now));
      }
    });
  }

  async deleteExpired(): Promise<void> {
    await this.counters.deleteOlderThan(this.clock.in(-FORGIVEN_MS));
  }

  private assertNotBlocked(counters: Counter[]): void {
    const wait = Math.max(...counters.map(({ blockedUntil }) => blockedUntil.getTime())) - this.clock.now();
    if (wait <= 0) return;
    const seconds = Math.ceil(wait / 1000);
    throw new Problem('too-many-requests', `Too many sign-ins have failed. Try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}

function afterFailure({ key, failures, lastAt }: Counter, free: number, now: number): Counter {
  const count = now - lastAt.getTime() > FORGIVEN_MS ? 1 : failures + 1;
  const delay = Math.min(FIRST_MS * 2 ** (count - free), LONGEST_MS);
  // Not «until now»: another task's clock may be a little behind this one's.
  const blockedUntil = count < free ? NEVER_BLOCKED : new Date(now + delay);
  return { key, failures: count, lastAt: new Date(now), blockedUntil };
}

import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import { Clock } from '../clock.ts';
import { Database } from '../../database/database.ts';
import { Sealer } from '../../http/sealer.ts';
import { networkOf } from './network.ts';
import { type Counter, NEVER_BLOCKED, ThrottleRepository } from './throttle.repository.ts';

/** How many failures cost nothing. A network has more of them: an office may share one address. */
const FREE = { account: 5, network: 20 };
/** The first delay; each further failure doubles it. */
const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;
/** A count starts anew when nothing failed for this long. */
const FORGIVEN_MS = 60 * 60_000;

/** A sign-in that was let through, and counts as a failure until it says otherwise. */
export type Attempt = { kind: keyof typeof FREE; before: Counter; after: Counter }[];

/**
 * Slows down whoever guesses passwords: at one account, or from one network. The counts are in the database, so that it
 * makes no difference which task is asked.
 */
@Injectable()
export class Throttle {
  constructor(
    private readonly database: Database,
    private readonly counters: ThrottleRepository,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before its password is looked at, so that a thousand guesses at once are a thousand failures.
   * @throws Problem `too-many-requests`, whether or not there is such an account
   */
  async admit(account: string, address: string): Promise<Attempt> {
    const now = this.clock.now();
    const kinds = new Map<string, keyof typeof FREE>([
      [this.sealer.blind(`account ${account}`).toString('hex'), 'account'],
      [this.sealer.blind(`network ${networkOf(address)}`).toString('hex'), 'network'],
    ]);
    return this.database.transaction(async (tx) => {
      const before = await this.counters.lock(tx, [...kinds.keys()].sort(), new Date(now));
      const wait = Math.max(...before.map(({ blockedUntil }) => blockedUntil.getTime() - now));
      if (wait > 0) throw tooMany(wait);
      const attempt = before.map((counter) => {
        const kind = kinds.get(counter.key)!;
        return { kind, before: counter, after: afterFailure(counter, FREE[kind], now) };
      });
      for (const { after } of attempt) await this.counters.save(tx, after);
      return attempt;
    });
  }

  /** The password was right: the account's count is cleared, the network's is as if nothing had been tried. */
  async succeed(attempt: Attempt): Promise<void> {
    for (const { kind, before, after } of attempt) {
      if (kind === 'account') await this.counters.clear(before.key);
      else await this.counters.takeBack(before, after);
    }
  }

  async forgetOld(): Promise<void> {
    await this.counters.forget(this.clock.in(-FORGIVEN_MS));
  }
}

function afterFailure({ key, failures, lastAt }: Counter, free: number, now: number): Counter {
  const count = now - lastAt.getTime() > FORGIVEN_MS ? 1 : failures + 1;
  const delay = Math.min(FIRST_MS * 2 ** (count - free), LONGEST_MS);
  // Not «until now»: another task's clock may be a little behind this one's.
  const blockedUntil = count < free ? NEVER_BLOCKED : new Date(now + delay);
  return { key, failures: count, lastAt: new Date(now), blockedUntil };
}

function tooMany(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000);
  return new Problem('too-many-requests', `Too many sign-ins have failed. Try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });
}

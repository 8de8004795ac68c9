import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import { Database } from '../../database/database.ts';
import { Clock } from '../clock.ts';
import { type Counter, NEVER_BLOCKED, ThrottleRepository } from './throttle.repository.ts';

/** How many attempts cost no delay, the first delay, which each further attempt doubles, and the longest. */
export interface Limit {
  free: number;
  firstDelayMs: number;
  /** Less than an hour, after which a counter starts again. */
  maxDelayMs: number;
}

/** The limit of each counter that an attempt is counted by. The names say nothing: they are keyed hashes in hexadecimal. */
export type Limits = Map<string, Limit>;

/** A counter starts again when nothing was counted for this long. */
const RESET_MS = 60 * 60_000;

/** Counts attempts and delays further ones. The counters are in the database, so every task sees them. */
@Injectable()
export class AttemptCounters {
  constructor(
    private readonly database: Database,
    private readonly counters: ThrottleRepository,
    private readonly clock: Clock,
  ) {}

  /** @param reason the first sentence of the problem. @throws Problem `too-many-requests` */
  async assertNoneBlocked(limits: Limits, reason: string): Promise<void> {
    this.assertNotBlocked(await this.counters.find(this.database, [...limits.keys()]), reason);
  }

  /** Counts an attempt, or only makes sure that none is blocked meanwhile. @throws Problem `too-many-requests` */
  async record(limits: Limits, reason: string, isCounted = true): Promise<void> {
    const now = this.clock.now();
    const keys = [...limits.keys()].sort();
    await this.database.transaction(async (tx) => {
      if (isCounted) await this.counters.create(tx, keys, new Date(now));
      const counters = await this.counters.lock(tx, keys);
      this.assertNotBlocked(counters, reason);
      if (!isCounted) return;
      for (const counter of counters) {
        const limit = limits.get(counter.key);
        if (limit) await this.counters.save(tx, afterAttempt(counter, limit, now));
      }
    });
  }

  async deleteExpired(): Promise<void> {
    await this.counters.deleteOlderThan(this.clock.in(-RESET_MS));
  }

  private assertNotBlocked(counters: Counter[], reason: string): void {
    const wait = Math.max(...counters.map(({ blockedUntil }) => blockedUntil.getTime())) - this.clock.now();
    if (wait <= 0) return;
    const seconds = Math.ceil(wait / 1000);
    throw new Problem('too-many-requests', `${reason} Try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}

function afterAttempt({ key, failures, lastAt }: Counter, limit: Limit, now: number): Counter {
  const { free, firstDelayMs, maxDelayMs } = limit;
  const count = now - lastAt.getTime() > RESET_MS ? 1 : failures + 1;
  const delay = Math.min(firstDelayMs * 2 ** (count - free), maxDelayMs);
  // Not "until now": another task's clock may be a little behind this one's.
  const blockedUntil = count < free ? NEVER_BLOCKED : new Date(now + delay);
  return { key, failures: count, lastAt: new Date(now), blockedUntil };
}

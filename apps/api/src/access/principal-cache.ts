import type { Caller } from './caller.ts';

/** The caller that a bearer token identifies. */
export interface Principal {
  caller: Caller;
  /** Absent for an API key. */
  sessionId?: string;
}

/** How long an entry is valid, in milliseconds: a session or key that another task ends stops working here within that time. */
export const CACHE_TTL_MS = 10_000;

/** The principals of the last few seconds, at most `size` of them. */
export class PrincipalCache {
  private entries = new Map<string, { principal: Principal; until: number }>();

  constructor(private readonly size = 10_000) {}

  get(bearer: string, now: number): Principal | undefined {
    const entry = this.entries.get(bearer);
    return entry && now < entry.until ? entry.principal : undefined;
  }

  /** Passed to `put`, which ignores what was read from the database before a `clear`. */
  get generation(): object {
    return this.entries;
  }

  put(bearer: string, principal: Principal, until: number, age: object): void {
    if (age !== this.entries) return;
    // Put at the end, so that the first entry is always the oldest.
    this.entries.delete(bearer);
    if (this.entries.size >= this.size) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(bearer, { principal, until });
  }

  clear(): void {
    this.entries = new Map();
  }
}

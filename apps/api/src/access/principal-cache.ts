import type { Caller } from './caller.ts';

/** Who is behind a bearer token. */
export interface Principal {
  caller: Caller;
  /** Absent for an API key. */
  sessionId?: string;
}

/** For how long an answer of the database is believed, in milliseconds: what was ended elsewhere stops within that time. */
export const CACHE_TTL_MS = 10_000;

/** The principals of the last few seconds, at most `size` of them. */
export class PrincipalCache {
  private entries = new Map<string, { principal: Principal; until: number }>();

  constructor(private readonly size = 10_000) {}

  get(bearer: string, now: number): Principal | undefined {
    const entry = this.entries.get(bearer);
    return entry && now < entry.until ? entry.principal : undefined;
  }

  /** An age that `put` gives back: what was asked of the database before a `clear` is not kept after it. */
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

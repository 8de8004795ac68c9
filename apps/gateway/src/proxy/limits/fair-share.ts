import { type Refusal, unavailable } from '../rules/refusal.ts';

/** Whose request or connection something is. */
export interface ShareOwner {
  readonly address: string;
  readonly network: string;
  /** The person or key, where it is known. */
  readonly principal?: string | undefined;
}

/** A request in progress, or an open connection. */
export interface SlotHolder {
  /** Since when nothing but the client is awaited, in milliseconds of the share's clock; undefined while that is not so. */
  waitsForClientSince(): number | undefined;
  /** Gives its slot up. The holder has been removed already. */
  evict(): void;
}

/** A holder's slot, until `release`. */
export interface Slot {
  readonly holder: SlotHolder;
  readonly scopes: readonly string[];
  readonly index: number;
}

export interface ShareLimits {
  /** Of all clients together. */
  readonly total: number;
  readonly perAddress: number;
  readonly perNetwork: number;
  readonly perPrincipal: number;
}

/** A client that has been idle for less is never made to give its slot up, in milliseconds. */
const EVICT_AFTER_MS = 500;
const SCAN_EVERY_MS = 5;

/**
 * Bounds what all clients hold together and what one address, network or principal holds of it. Where a bound is reached, the
 * holder that has waited longest for its client gives its slot up: slow clients cannot keep others out.
 */
export class FairShare {
  /**
   * A list whose entries are used again. A Map would be copied again and again while requests come and go, and each copy in
   * V8's old generation would keep what it held alive until the next full collection.
   */
  private readonly slots: (Slot | undefined)[] = [];
  private readonly freeIndexes: number[] = [];
  private readonly counts = new Map<string, number>();
  private scannedAt = -Infinity;

  constructor(
    private readonly limits: ShareLimits,
    private readonly clock: () => number,
  ) {}

  get size(): number {
    return this.slots.length - this.freeIndexes.length;
  }

  /** @returns the holder's slot until `release`, or why there is none */
  acquire(holder: SlotHolder, owner: ShareOwner): { readonly slot: Slot } | { readonly refusal: Refusal } {
    const scopes = scopesOf(owner);
    for (const scope of scopes) {
      if (!this.isFull(scope) || this.evictFrom(scope)) continue;
      return { refusal: scope === TOTAL ? TOO_BUSY : TOO_MANY_OF_ONE };
    }
    for (const scope of scopes) this.counts.set(scope, (this.counts.get(scope) ?? 0) + 1);
    const slot = { holder, scopes, index: this.freeIndexes.pop() ?? this.slots.length };
    this.slots[slot.index] = slot;
    return { slot };
  }

  /** Gives a slot back, unless that has been done already. */
  release(slot: Slot): void {
    if (this.slots[slot.index] !== slot) return;
    this.slots[slot.index] = undefined;
    this.freeIndexes.push(slot.index);
    for (const scope of slot.scopes) {
      const count = this.counts.get(scope)! - 1;
      if (count === 0) this.counts.delete(scope);
      else this.counts.set(scope, count);
    }
  }

  private isFull(scope: string): boolean {
    return (this.counts.get(scope) ?? 0) >= this.limitOf(scope);
  }

  private limitOf(scope: string): number {
    const { total, perAddress, perNetwork, perPrincipal } = this.limits;
    switch (scope.charCodeAt(0)) {
      case ADDRESS:
        return perAddress;
      case NETWORK:
        return perNetwork;
      case PRINCIPAL:
        return perPrincipal;
      default:
        return total;
    }
  }

  /** @returns whether a holder of this scope gave its slot up */
  private evictFrom(scope: string): boolean {
    const now = this.clock();
    if (now - this.scannedAt < SCAN_EVERY_MS) return false;
    let slowest: Slot | undefined;
    let oldest = now - EVICT_AFTER_MS;
    for (const slot of this.slots) {
      const since = slot?.scopes.includes(scope) ? slot.holder.waitsForClientSince() : undefined;
      if (since !== undefined && since <= oldest) [slowest, oldest] = [slot, since];
    }
    if (!slowest) {
      this.scannedAt = now; // Under a flood, a scan without a result is not repeated for each refusal.
      return false;
    }
    this.release(slowest);
    slowest.holder.evict();
    return true;
  }
}

const TOTAL = 'total';
const ADDRESS = 'a'.charCodeAt(0);
const NETWORK = 'n'.charCodeAt(0);
const PRINCIPAL = 'p'.charCodeAt(0);

const scopesOf = ({ address, network, principal }: ShareOwner): string[] =>
  principal === undefined
    ? [`a${address}`, `n${network}`, TOTAL]
    : [`p${principal}`, `a${address}`, `n${network}`, TOTAL];

const TOO_BUSY = unavailable('too-busy', 'Too many requests are in progress. Nothing was done; retry after a second.');

const TOO_MANY_OF_ONE: Refusal = {
  kind: 'too-many-requests',
  detail: 'Too many requests of this client are in progress. Wait for their responses before sending more.',
  reason: 'client-share',
  extra: { headers: { 'retry-after': '1' } },
};

export const SLOW_CLIENT: Refusal = {
  kind: 'request-timeout',
  detail: 'The client was too slow while other requests waited. Send the whole request again.',
  reason: 'slow-client',
  close: true,
};

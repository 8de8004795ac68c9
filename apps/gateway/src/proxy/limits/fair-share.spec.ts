import { beforeEach, describe, expect, it } from '@jest/globals';
import { FairShare, type SlotHolder, type Slot } from './fair-share.ts';

class Client implements SlotHolder {
  isEvicted = false;

  /** @param since when it began to keep the gateway waiting; undefined: it does not */
  constructor(readonly since?: number) {}

  waitsForClientSince = () => this.since;
  evict = () => void (this.isEvicted = true);
}

const LIMITS = { total: 6, perAddress: 2, perNetwork: 3, perPrincipal: 2 };
const at = (host: number, network = 0, principal?: string) => ({
  address: `10.0.${network}.${host}`,
  network: `10.0.${network}.0/24`,
  principal,
});

let now: number;
let share: FairShare;
beforeEach(() => {
  now = 10_000;
  share = new FairShare(LIMITS, () => now);
});

/** Enters a client that keeps nothing waiting. @returns why it was refused */
const enter = (owner: ReturnType<typeof at>, client = new Client()) => {
  const acquired = share.acquire(client, owner);
  return 'refusal' in acquired ? acquired.refusal.reason : undefined;
};

describe('a share of the slots', () => {
  it('is bounded for one address, for one network over its addresses, and for all together', () => {
    expect([enter(at(1)), enter(at(1)), enter(at(1))]).toEqual([undefined, undefined, 'client-share']);
    expect([enter(at(2)), enter(at(3))]).toEqual([undefined, 'client-share']);
    expect([enter(at(1, 1)), enter(at(1, 2)), enter(at(1, 3))]).toEqual([undefined, undefined, undefined]);
    expect([enter(at(1, 4)), share.size]).toEqual(['too-busy', 6]);
  });

  it('is bounded for one principal over its addresses and networks', () => {
    const reasons = [1, 2, 3].map((network) => enter(at(1, network, 'sam')));
    expect(reasons).toEqual([undefined, undefined, 'client-share']);
    expect(enter(at(1, 3, 'kim'))).toBeUndefined();
  });

  it('is given back once by each holder that leaves, also where it leaves twice and another has acquired meanwhile', () => {
    const { slot } = share.acquire(new Client(), at(1)) as { slot: Slot };
    expect(enter(at(1))).toBeUndefined();
    share.release(slot);
    share.release(slot);
    expect(enter(at(2))).toBeUndefined();
    share.release(slot);
    expect(share.size).toBe(2);
    expect([enter(at(1)), enter(at(1)), share.size]).toEqual([undefined, 'client-share', 3]);
  });
});

describe('where a share is full', () => {
  it('the holder of it that has waited longest for its client gives its slot up', () => {
    const [older, newer, other] = [new Client(8_000), new Client(9_000), new Client(1_000)];
    enter(at(1, 1), other);
    enter(at(1), newer);
    enter(at(1), older);
    expect(enter(at(1))).toBeUndefined();
    expect([older, newer, other].map(({ isEvicted }) => isEvicted)).toEqual([true, false, false]);
    expect(share.size).toBe(3);
  });

  it('neither one that waits for the upstream gives its slot up, nor one that has waited less than 500 ms', () => {
    const [busy, recent] = [new Client(), new Client(9_501)];
    enter(at(1), busy);
    enter(at(1), recent);
    expect(enter(at(1))).toBe('client-share');
    now += 100;
    expect(enter(at(1))).toBeUndefined();
    expect([busy.isEvicted, recent.isEvicted]).toEqual([false, true]);
  });
});

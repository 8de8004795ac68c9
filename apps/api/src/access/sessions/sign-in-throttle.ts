import { Injectable } from '@nestjs/common';
import { networkOf, normalizeAddress } from '#service';
import type { Queryable } from '../../database/database.ts';
import { EncryptionService } from '../../http/encryption.service.ts';
import { Clock } from '../clock.ts';
import { AttemptCounters, type Limit, type Limits } from './attempt-counters.ts';
import { KnownNetworkRepository } from './known-network.repository.ts';

const MINUTE_MS = 60_000;
const firstDelayMs = 1_000;
const LIMITS = {
  /** One device that was signed in to the account before. */
  device: { free: 5, firstDelayMs, maxDelayMs: 15 * MINUTE_MS },
  /** One account from one network. */
  accountAndNetwork: { free: 5, firstDelayMs, maxDelayMs: 15 * MINUTE_MS },
  /** One account from all unknown clients together (NIST SP 800-63B §3.2.2: at most 100). */
  account: { free: 100, firstDelayMs, maxDelayMs: 15 * MINUTE_MS },
  /** All accounts from one network, by clients that are unknown to them: an office or a carrier may share an address. */
  network: { free: 100, firstDelayMs, maxDelayMs: 5 * MINUTE_MS },
} satisfies Record<string, Limit>;
const TOO_MANY = 'Too many sign-ins have failed.';
const KNOWN_NETWORK_MS = 90 * 24 * 60 * MINUTE_MS;

/** Where a sign-in comes from. */
export interface SignInClient {
  /** The account's e-mail address as addresses are compared, whether or not there is such an account. */
  account: string;
  userId: string | null;
  /** The caller's IP address. */
  address: string;
  /** The id of a device token that is valid for the account. */
  deviceId: string | undefined;
}

/** A sign-in as it is throttled. */
export interface SignInAttempt {
  /** Whether the client was signed in to this account before: by a device token, or from the same network. */
  isKnown: boolean;
  /** The caller's network, as a keyed hash. */
  network: Buffer;
  /** The limit of each counter that the attempt is counted by. */
  limits: Limits;
}

/**
 * Delays password guessing by one client, at one account, and from one network. A client that was signed in to the
 * account before is counted alone, so failures from elsewhere never delay it. The counters are in the database, so every
 * task sees them. See docs/decisions/0006.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly counters: AttemptCounters,
    private readonly knownNetworks: KnownNetworkRepository,
    private readonly encryption: EncryptionService,
    private readonly clock: Clock,
  ) {}

  async classify({ account, userId, address, deviceId }: SignInClient): Promise<SignInAttempt> {
    const networkName = networkOf(normalizeAddress(address), 32);
    const network = this.encryption.hmac(`network ${networkName}`);
    const key = (text: string) => this.encryption.hmac(text).toString('hex');
    const isKnownNetwork = await this.knownNetworks.has(userId, network, this.clock.in(-KNOWN_NETWORK_MS));
    if (deviceId !== undefined) {
      return { isKnown: true, network, limits: new Map([[key(`device ${deviceId} ${account}`), LIMITS.device]]) };
    }
    const limits: Limits = new Map([[key(`account and network ${account} ${networkName}`), LIMITS.accountAndNetwork]]);
    if (!isKnownNetwork) {
      limits.set(key(`account ${account}`), LIMITS.account);
      limits.set(network.toString('hex'), LIMITS.network);
    }
    return { isKnown: isKnownNetwork, network, limits };
  }

  /**
   * Called before the password is compared, to save the work.
   * @throws Problem `too-many-requests`, whether or not there is such an account
   */
  async assertAllowed({ limits }: SignInAttempt): Promise<void> {
    await this.counters.assertNoneBlocked(limits, TOO_MANY);
  }

  /**
   * Counts a failure. A success clears no counter: what others did stays counted. Where a counter was blocked while the
   * password was compared, the result is withheld, so a thousand parallel guesses learn no more than a thousand in a row.
   * @throws Problem `too-many-requests`
   */
  recordResult({ limits }: SignInAttempt, isRight: boolean): Promise<void> {
    return this.counters.record(limits, TOO_MANY, !isRight);
  }

  /** From now on the account is known from this network. */
  async rememberNetwork(tx: Queryable, userId: string, { network }: SignInAttempt): Promise<void> {
    await this.knownNetworks.save(tx, userId, network, this.clock.in(0));
  }

  async deleteExpired(): Promise<void> {
    await this.counters.deleteExpired();
    await this.knownNetworks.deleteOlderThan(this.clock.in(-KNOWN_NETWORK_MS));
  }
}

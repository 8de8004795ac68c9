import { Injectable } from '@nestjs/common';
import { networkOf, normalizeAddress } from '#service';
import { EncryptionService } from '../../http/encryption.service.ts';
import { AttemptCounters, type Limit } from '../sessions/attempt-counters.ts';

const MINUTE_MS = 60_000;
/** Every request counts. Counted apart from failed sign-ins: neither delays the other. */
const LIMITS = {
  /** What a mailbox gets: three at once, then fewer, down to one in half an hour. */
  account: { free: 3, firstDelayMs: MINUTE_MS, maxDelayMs: 30 * MINUTE_MS },
  /** For all accounts from one network: an office may share an address. */
  network: { free: 20, firstDelayMs: 1_000, maxDelayMs: 15 * MINUTE_MS },
} satisfies Record<string, Limit>;

/** Limits the requests for links, for one account and from one network. */
@Injectable()
export class ResetThrottle {
  constructor(
    private readonly counters: AttemptCounters,
    private readonly encryption: EncryptionService,
  ) {}

  /**
   * @param account an e-mail address as addresses are compared, whether or not there is such an account
   * @param address the caller's IP address
   * @throws Problem `too-many-requests`
   */
  async count(account: string, address: string): Promise<void> {
    const key = (text: string) => this.encryption.hmac(`password reset ${text}`).toString('hex');
    const limits = new Map([
      [key(`account ${account}`), LIMITS.account],
      [key(`network ${networkOf(normalizeAddress(address), 32)}`), LIMITS.network],
    ]);
    await this.counters.record(limits, 'Too many links for a new password were asked for.');
  }
}

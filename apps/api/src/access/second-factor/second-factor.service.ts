import { Injectable } from '@nestjs/common';
import type { RecoveryCodes, TotpSecret } from '#contracts';
import { invalidField, Problem } from '#service';
import { Database, type ChangedBy, type Queryable } from '../../database/database.ts';
import { EncryptionService } from '../../http/encryption.service.ts';
import { Clock } from '../clock.ts';
import { hashToken } from '../secrets/opaque-token.ts';
import { UserRepository } from '../users/user.repository.ts';
import { generateRecoveryCodes } from './recovery-codes.ts';
import { SecondFactorRepository } from './second-factor.repository.ts';
import { generateTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** What a sign-in's code is: of no use where none is asked for, missing, wrong, or to be used up with the sign-in. */
export type CodeResult = 'not-needed' | 'missing' | 'wrong' | { step: number } | { recoveryHash: Buffer };

/** The second factor of a person's sign-in: codes of an authenticator app, and recovery codes for when it is lost. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly factors: SecondFactorRepository,
    private readonly users: UserRepository,
    private readonly encryption: EncryptionService,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** Changes nothing. @param userId null: there is no such account, which takes the same work */
  async check(userId: string | null, code: string | undefined): Promise<CodeResult> {
    const typed = normalize(code ?? '');
    const recoveryHash = hashToken(typed);
    const factor = await this.factors.find(userId, recoveryHash);
    if (!factor?.isConfirmed) return 'not-needed';
    if (typed === '') return 'missing';
    if (factor.isRecoveryCode) return { recoveryHash };
    const secret = this.decrypt(userId, factor.secret);
    const step = secret && stepOfCode(secret, typed, this.clock.now());
    return step && step > factor.lastStep ? { step } : 'wrong';
  }

  /** @returns false where the code was used meanwhile */
  async use(tx: Queryable, userId: string, code: CodeResult): Promise<boolean> {
    if (code === 'not-needed') return true;
    if (typeof code === 'string') return false;
    return 'step' in code
      ? this.factors.useStep(tx, userId, code.step)
      : this.factors.useRecoveryCode(tx, userId, code.recoveryHash);
  }

  /** A new secret, which counts once a code of it was entered. @throws Problem `conflict` where there is one that counts */
  async setUp(userId: string, email: string): Promise<TotpSecret> {
    const secret = generateTotpSecret();
    const stored = this.encryption.encrypt(secret, placeOf(userId));
    const isSaved = await this.factors.save(this.database, userId, stored);
    if (!isSaved) throw new Problem('conflict', 'Two-factor sign-in is on. Turn it off first.');
    return { secret, uri: totpUri(secret, email) };
  }

  /** @throws Problem `conflict` where nothing waits for a code, `invalid-fields` where the code is wrong */
  async confirm(by: ChangedBy, userId: string, code: string): Promise<RecoveryCodes> {
    const recoveryCodes = generateRecoveryCodes();
    const factor = await this.factors.find(userId, null);
    if (!factor || factor.isConfirmed) throw nothingToConfirm();
    const secret = this.decrypt(userId, factor.secret);
    const step = secret && stepOfCode(secret, normalize(code), this.clock.now());
    if (!step) throw invalidField('/code', 'is not the code that the app shows now');
    await this.database.transaction(
      async (tx) => {
        if (!(await this.factors.confirm(tx, userId, factor.secret, step, this.clock.in(0)))) throw nothingToConfirm();
        const hashes = recoveryCodes.map((shown) => hashToken(normalize(shown)));
        await this.factors.insertRecoveryCodes(tx, userId, hashes);
        await this.users.update(tx, userId, {});
      },
      { by },
    );
    return { recoveryCodes };
  }

  /** @throws Problem `conflict` where it is off already */
  async remove(tx: Queryable, userId: string): Promise<void> {
    if (!(await this.factors.remove(tx, userId))) throw new Problem('conflict', 'Two-factor sign-in is off already.');
    await this.users.update(tx, userId, {});
  }

  /** Undefined where SIGNING_KEY was changed since: only recovery codes are taken then. */
  private decrypt(userId: string | null, stored: string): string | undefined {
    try {
      return this.encryption.decrypt(stored, placeOf(userId));
    } catch {
      return undefined;
    }
  }
}

const placeOf = (userId: string | null): string => `second factor ${userId}`;
/** Apps show digits in groups, and people type recovery codes as they read them. */
const normalize = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();
const nothingToConfirm = () => new Problem('conflict', 'Nothing waits for a code. Begin with POST /account/totp.');

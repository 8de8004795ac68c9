import { Injectable } from '@nestjs/common';
import type { ConfirmPasswordReset, RequestPasswordReset } from '#contracts';
import { normalizeAddress, Problem } from '#service';
import { JsonResponse, noContent } from '../../http/json-response.ts';
import { Clock } from '../clock.ts';
import { hashToken } from '../secrets/opaque-token.ts';
import { UserRepository } from '../users/user.repository.ts';
import { UserService } from '../users/user.service.ts';
import { PasswordMailService } from './password-mail.service.ts';
import { PasswordResetRepository } from './password-reset.repository.ts';
import { ResetThrottle } from './reset-throttle.ts';

/** A new password for a person who forgot theirs, by a link that is sent to them. See OWASP's Forgot Password Cheat Sheet. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly users: UserService,
    private readonly userRepository: UserRepository,
    private readonly resets: PasswordResetRepository,
    private readonly mails: PasswordMailService,
    private readonly throttle: ResetThrottle,
    private readonly clock: Clock,
  ) {}

  /** Does the same work and gives the same response whether or not there is such an account: the mail is sent later. */
  async request(address: string, { email }: RequestPasswordReset): Promise<JsonResponse> {
    if (!this.mails.sendsLinks) throw new Problem('mail-is-off', 'Ask an admin for a new password.');
    const { emailKey } = await this.userRepository.credentials(email);
    await this.throttle.count(emailKey, address);
    await this.mails.queueReset(emailKey);
    return new JsonResponse(202, '');
  }

  /**
   * Ends all sessions of the account. It starts none: a sign-in follows, with a code where the account takes one.
   * @throws Problem `not-found` where the link is void, `invalid-fields`
   */
  async confirm(address: string, { token, newPassword }: ConfirmPasswordReset): Promise<JsonResponse> {
    const hash = hashToken(token);
    const now = this.clock.in(0);
    // Before the password is hashed, so that guesses cost little.
    const userId = await this.resets.findUser(hash, now);
    if (!userId) throw invalidLink();
    const by = { actorId: userId, address: normalizeAddress(address) || undefined };
    await this.users.update(
      { by, ifMatch: undefined },
      userId,
      { password: newPassword },
      {
        passwordPointer: '/newPassword',
        also: async (tx) => {
          if (!(await this.resets.use(tx, hash, now))) throw invalidLink();
        },
      },
    );
    return noContent();
  }
}

const invalidLink = () => new Problem('not-found', 'This link is not, or no longer, valid. Ask for a new one.');

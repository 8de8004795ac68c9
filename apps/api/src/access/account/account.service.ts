import { Injectable } from '@nestjs/common';
import type { ChangePassword, ListAccountSessions, UpdateAccount } from '#contracts';
import { invalidField, Problem } from '#service';
import { Database } from '../../database/database.ts';
import type { Context } from '../../http/context.ts';
import { type JsonResponse, noContent } from '../../http/json-response.ts';
import { Authenticator } from '../authenticator.ts';
import { Clock } from '../clock.ts';
import { PasswordHasher } from '../secrets/password-hasher.ts';
import { SessionRepository } from '../sessions/session.repository.ts';
import { SignInThrottle } from '../sessions/sign-in-throttle.ts';
import { UserRepository } from '../users/user.repository.ts';
import { UserService } from '../users/user.service.ts';

@Injectable()
export class AccountService {
  constructor(
    private readonly users: UserService,
    private readonly userRepository: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  get(context: Context): Promise<JsonResponse> {
    return this.users.get(ownId(context));
  }

  update(context: Context, changes: UpdateAccount): Promise<JsonResponse> {
    return this.users.update(context, ownId(context), changes);
  }

  /** Guesses at the current password are delayed as those of a sign-in are: a session that was left open is no licence. */
  async changePassword(
    context: Context,
    address: string,
    { currentPassword, newPassword }: ChangePassword,
  ): Promise<JsonResponse> {
    const id = ownId(context);
    const { account, passwordHash } = (await this.userRepository.ownCredentials(id)) ?? noAccount();
    const attempt = await this.throttle.classify({ account, userId: id, address, deviceId: undefined });
    await this.throttle.assertAllowed(attempt);
    const matches = await this.passwords.verify(currentPassword, passwordHash);
    await this.throttle.recordResult(attempt, matches);
    if (!matches) throw invalidField('/currentPassword', 'is not your password');
    await this.users.update(context, id, { password: newPassword }, '/newPassword');
    return noContent();
  }

  listSessions(context: Context, query: ListAccountSessions): Promise<string> {
    return this.sessions.list(query, ownId(context), context.sessionId, this.clock.in(0));
  }

  /** The session of the request itself ends, too, where it is the one. */
  async endSession(context: Context, id: string): Promise<JsonResponse> {
    const isOwn = await this.sessions.deleteOf(this.database, ownId(context), id);
    if (!isOwn) throw new Problem('not-found', `You have no session ${id}.`);
    this.authenticator.clearCache();
    return noContent();
  }
}

const ownId = ({ caller }: Context): string => (caller.kind === 'user' ? caller.actorId : noAccount());

function noAccount(): never {
  throw new Problem('not-found', 'An API key has no account.');
}

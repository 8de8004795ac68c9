import { Injectable } from '@nestjs/common';
import type {
  Account,
  ChangePassword,
  ConfirmTotp,
  ListAccountSessions,
  OwnPassword,
  UpdateAccount,
  User,
} from '#contracts';
import { invalidField, Problem } from '#service';
import { AlertService } from '../../alerts/alert.service.ts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Context } from '../../http/context.ts';
import { JsonResponse, noContent } from '../../http/json-response.ts';
import { Authenticator } from '../authenticator.ts';
import { Clock } from '../clock.ts';
import { SecondFactorService } from '../second-factor/second-factor.service.ts';
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
    private readonly secondFactors: SecondFactorService,
    private readonly alerts: AlertService,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async get(context: Context): Promise<JsonResponse> {
    return this.withAlerts(await this.users.get(ownId(context)), ownId(context));
  }

  async update(context: Context, { alerts, ...changes }: UpdateAccount): Promise<JsonResponse> {
    const id = ownId(context);
    const also = async (tx: Queryable) => void (alerts && (await this.alerts.subscribe(tx, id, alerts)));
    return this.withAlerts(await this.users.update(context, id, changes, { also }), id);
  }

  async changePassword(
    context: Context,
    address: string,
    { currentPassword, newPassword }: ChangePassword,
  ): Promise<JsonResponse> {
    await this.verifyPassword(context, address, currentPassword);
    await this.users.update(context, ownId(context), { password: newPassword }, { passwordPointer: '/newPassword' });
    return noContent();
  }

  /** The response is the only place where the secret is ever shown. */
  async setUpTotp(context: Context, address: string, { currentPassword }: OwnPassword): Promise<JsonResponse> {
    const account = await this.verifyPassword(context, address, currentPassword);
    return secretResponse(201, await this.secondFactors.setUp(ownId(context), account));
  }

  async confirmTotp(context: Context, { code }: ConfirmTotp): Promise<JsonResponse> {
    return secretResponse(200, await this.secondFactors.confirm(context.by, ownId(context), code));
  }

  async disableTotp(context: Context, address: string, { currentPassword }: OwnPassword): Promise<JsonResponse> {
    await this.verifyPassword(context, address, currentPassword);
    return this.users.disableTotp(context, ownId(context));
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

  private async withAlerts({ status, body, headers }: JsonResponse, id: string): Promise<JsonResponse> {
    const alerts = await this.alerts.kindsOf(id);
    const account: Account = { ...(JSON.parse(body) as User), alerts, sendsMail: this.alerts.sendsMail };
    return new JsonResponse(status, JSON.stringify(account), headers);
  }

  /**
   * Guesses are delayed as those of a sign-in are: a session that was left open is no licence.
   * @returns the e-mail address. @throws Problem `invalid-fields`, `too-many-requests`
   */
  private async verifyPassword(context: Context, address: string, password: string): Promise<string> {
    const id = ownId(context);
    const { account, passwordHash } = (await this.userRepository.ownCredentials(id)) ?? noAccount();
    const attempt = await this.throttle.classify({ account, userId: id, address, deviceId: undefined });
    await this.throttle.assertAllowed(attempt);
    const matches = await this.passwords.verify(password, passwordHash);
    await this.throttle.recordResult(attempt, matches);
    if (!matches) throw invalidField('/currentPassword', 'is not your password');
    return account;
  }
}

const secretResponse = (status: number, body: object) =>
  new JsonResponse(status, JSON.stringify(body), { 'cache-control': 'no-store' });

const ownId = ({ caller }: Context): string => (caller.kind === 'user' ? caller.actorId : noAccount());

function noAccount(): never {
  throw new Problem('not-found', 'An API key has no account.');
}

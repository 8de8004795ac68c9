import { Injectable } from '@nestjs/common';
import { type CreateUser, type ListUsers, passwordViolation, type Role, type UpdateUser } from '#contracts';
import { invalidField, Problem } from '#service';
import { Database, type Queryable, violatedConstraint } from '../../database/database.ts';
import { type JsonResponse, created, noContent, ok, type Resource } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { requireMatch } from '../../http/etag.ts';
import { Idempotency } from '../../http/idempotency.ts';
import { Authenticator } from '../authenticator.ts';
import { PasswordMailService } from '../password-reset/password-mail.service.ts';
import { PasswordResetRepository } from '../password-reset/password-reset.repository.ts';
import { PasswordHasher } from '../secrets/password-hasher.ts';
import { SecondFactorService } from '../second-factor/second-factor.service.ts';
import { SessionRepository } from '../sessions/session.repository.ts';
import { type LockedUser, UserRepository } from './user.repository.ts';

@Injectable()
export class UserService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly passwordResets: PasswordResetRepository,
    private readonly passwordMails: PasswordMailService,
    private readonly passwords: PasswordHasher,
    private readonly secondFactors: SecondFactorService,
    private readonly authenticator: Authenticator,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  async create(context: Context, { password, ...person }: CreateUser): Promise<JsonResponse> {
    const passwordHash = await this.passwords.hash(password);
    return this.idempotency.once(
      context,
      async (tx) => {
        const id = await this.users.insert(tx, { ...person, passwordHash }).catch(rethrowAsConflict);
        return created(await this.findOrFail(id, tx), `${context.path}/${id}`);
      },
      // The password: it must not be guessed from the request's fingerprint.
      { secret: true },
    );
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListUsers): Promise<string> {
    return this.users.list(query);
  }

  /**
   * A new password ends the person's sessions, but not the one that changed it, and they are told by mail. A link for a new
   * password is void after it, and after a change of the address that the link was sent to.
   * @param passwordPointer the JSON pointer of the password in the request. @param also is done in the same transaction
   */
  async update(
    context: Pick<Context, 'by' | 'ifMatch' | 'sessionId'>,
    id: string,
    { password, ...changes }: UpdateUser,
    { passwordPointer = '/password', also }: { passwordPointer?: string; also?: (tx: Queryable) => Promise<void> } = {},
  ): Promise<JsonResponse> {
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    const response = await this.database.transaction(
      async (tx) => {
        const person = await this.lockForChange(tx, id, context.ifMatch, changes.role);
        if (password !== undefined)
          assertNotOwnName(
            password,
            { email: changes.email ?? person.email, name: changes.name ?? person.name },
            passwordPointer,
          );
        await this.users.update(tx, id, { ...changes, passwordHash }).catch(rethrowAsConflict);
        await also?.(tx);
        if (passwordHash || changes.email !== undefined) await this.passwordResets.delete(tx, id);
        if (passwordHash) {
          await this.sessions.deleteAll(tx, id, context.sessionId);
          await this.passwordMails.queueChanged(tx, id);
        }
        return ok(await this.findOrFail(id, tx));
      },
      { by: context.by },
    );
    this.authenticator.clearCache();
    return response;
  }

  /** For a person who has neither their app nor a recovery code. @throws Problem `conflict` where it is the admin's own */
  resetTotp(context: Context, id: string): Promise<JsonResponse> {
    if (id === context.caller.actorId)
      throw new Problem('conflict', 'Turn your own off by POST /account/totp/disable, with your password.');
    return this.disableTotp(context, id);
  }

  async disableTotp(context: Context, id: string): Promise<JsonResponse> {
    await this.database.transaction(
      async (tx) => {
        await this.lockForChange(tx, id, context.ifMatch, undefined);
        await this.secondFactors.remove(tx, id);
      },
      { by: context.by },
    );
    return noContent();
  }

  /** Their sessions end with the account; what they did keeps their name. */
  async remove(context: Context, id: string): Promise<JsonResponse> {
    await this.database.transaction(
      async (tx) => {
        await this.lockForChange(tx, id, context.ifMatch, 'none');
        await this.users.remove(tx, id);
      },
      { by: context.by },
    );
    this.authenticator.clearCache();
    return noContent();
  }

  /** @throws Problem `not-found`, `precondition-failed`, `conflict` where no admin would be left */
  private async lockForChange(
    tx: Queryable,
    id: string,
    ifMatch: string | undefined,
    becomes: Role | 'none' | undefined,
  ): Promise<LockedUser> {
    const locked = await this.users.lockWithAdmins(tx, id);
    const person = locked.find((one) => one.id === id) ?? notFound(id);
    requireMatch(ifMatch, person.version);
    const ceases = person.role === 'admin' && becomes !== undefined && becomes !== 'admin';
    if (ceases && locked.length === 1)
      throw new Problem('conflict', 'This is the last admin. Make another person an admin first.');
    return person;
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    return (await this.users.find(id, db)) ?? notFound(id);
  }
}

/** The contract knows of the owner only what the request says. */
function assertNotOwnName(password: string, owner: { email: string; name: string }, pointer: string): void {
  const violation = passwordViolation(password, owner);
  if (violation) throw invalidField(pointer, violation);
}

function notFound(id: string): never {
  throw new Problem('not-found', `There is no user ${id}.`);
}

function rethrowAsConflict(error: unknown): never {
  if (violatedConstraint(error) !== 'user_email_taken') throw error;
  throw new Problem('conflict', 'Another person has this e-mail address; case makes no difference.', {
    errors: [{ pointer: '/email', detail: 'is taken' }],
  });
}

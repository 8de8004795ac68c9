import { ApiProperty, OmitType, PartialType, PickType } from '@nestjs/swagger';
import {
  Email,
  type FieldDecorator,
  Flag,
  Integer,
  Nested,
  OneOf,
  type Options,
  SomeOf,
  Text,
  Time,
  Uuid,
  type ValueOf,
} from './fields.ts';
import { type AlertKind, alertKinds } from './alerts.ts';
import { ListQuery } from './lists.ts';
import { Actor } from './references.ts';
import { IsStrongPassword, passwordLimits } from './password.ts';

/** From the least to the most: each may do all that those before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

const RoleField = <const O extends Options>(options?: O): FieldDecorator<ValueOf<Role, O>> =>
  OneOf(roles, { example: 'operator', ...options } as O);
const PersonName = () => Text({ min: 1, max: 200, trimmed: true, example: 'Sam Carter' });
/** As people type it: spaces and hyphens do not count. */
const codeLimits = { min: 1, max: 40, example: '123456' } as const;
const KeyName = () => Text({ min: 1, max: 200, trimmed: true, example: 'Web shop' });

export class CreateUser {
  @Email({ description: 'Unique, in any case.' })
  email!: string;

  @PersonName()
  name!: string;

  @RoleField()
  role!: Role;

  @IsStrongPassword()
  @Text({ ...passwordLimits, example: 'three mugs on a shelf' })
  password!: string;
}

/** Only what is named changes. A new password ends the person's other sessions. */
export class UpdateUser extends PartialType(CreateUser, { skipNullProperties: false }) {}

export class User {
  @Uuid()
  id!: string;

  @Email()
  email!: string;

  @PersonName()
  name!: string;

  @RoleField()
  role!: Role;

  @Flag({ description: 'Whether their sign-in takes a code beside the password.' })
  twoFactor!: boolean;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1 })
  version!: number;

  @Time()
  createdAt!: string;

  @Time()
  updatedAt!: string;
}

export const userSorts = ['email', '-email', 'createdAt', '-createdAt'] as const;

export class ListUsers extends ListQuery {
  @OneOf(userSorts, { optional: true, description: 'Default: email.' })
  sort?: (typeof userSorts)[number];

  @Text({ optional: true, min: 1, max: 254, description: 'Exact address, in any case.' })
  email?: string;

  @RoleField({ optional: true, description: 'Those of one role only.' })
  role?: Role;
}

export class SignIn {
  @Email()
  email!: string;

  @Text({ min: 1, max: passwordLimits.max, example: 'three mugs on a shelf' })
  password!: string;

  @Text({
    ...codeLimits,
    optional: true,
    description: 'Of two-factor sign-in: six digits of the authenticator app, or a recovery code. Each is taken once.',
  })
  code?: string;

  @Text({
    optional: true,
    max: 200,
    description: 'From the last sign-in on this device. With it, failed sign-ins elsewhere do not delay this one.',
  })
  deviceToken?: string;
}

/** What a browser sends to the gateway, which keeps the device token in a cookie. */
export class BrowserSignIn extends OmitType(SignIn, ['deviceToken']) {}

export class RefreshSession {
  @Text({
    min: 1,
    max: 200,
    description: 'The newest one of the session, or for 30 s the one before. An older one ends the session.',
  })
  refreshToken!: string;
}

/** A session ends when it was not refreshed for this long. */
export const SESSION_IDLE_SECONDS = 30 * 24 * 3600;

export class Session {
  @Text({ max: 1024, description: 'Goes into Authorization: Bearer.' })
  accessToken!: string;

  @Text({ max: 200, description: 'Valid for one POST /sessions/refresh, within 30 days.' })
  refreshToken!: string;

  @Integer({ min: 1, max: 900, example: 900, description: 'How long the access token is valid, in seconds.' })
  expiresIn!: number;

  @Nested(() => User)
  user!: User;
}

/** How long a device token is valid. */
export const DEVICE_TOKEN_SECONDS = 365 * 24 * 3600;

export class NewSession extends Session {
  @Text({ max: 200, description: 'Keep it on the device and send it with the next POST /sessions. No credential.' })
  deviceToken!: string;
}

export class CurrentSession {
  @Nested(() => User)
  user!: User;
}

/** Whom the access token or the API key of a request belongs to. */
export class CurrentCaller extends Actor {
  @RoleField()
  role!: Role;
}

/** The session of a browser: who is signed in, if anyone. The tokens are in its cookies. */
export class BrowserSession {
  @Nested(() => User, { nullable: true })
  user!: User | null;
}

/** The fields of their own account that people may change. */
export class UpdateAccount extends PickType(UpdateUser, ['name']) {
  @SomeOf(alertKinds, { optional: true, example: ['low-stock'], description: 'What to be told of by mail.' })
  alerts?: AlertKind[];
}

export class Account extends User {
  @SomeOf(alertKinds, { description: 'What the person is told of by mail.' })
  alerts!: AlertKind[];

  @Flag({ description: 'Whether this deployment sends mail.' })
  sendsMail!: boolean;
}

/** Proves that it is the account's owner who changes how they sign in. */
export class OwnPassword {
  @Text({ min: 1, max: passwordLimits.max, example: 'three mugs on a shelf' })
  currentPassword!: string;
}

export class ChangePassword extends OwnPassword {
  @IsStrongPassword()
  @Text({ ...passwordLimits, example: 'four plates under a lamp' })
  newPassword!: string;
}

/** For how long a link for a new password is valid. */
export const PASSWORD_RESET_MINUTES = 30;

export class RequestPasswordReset {
  @Email({ description: 'Of the account, in any case.' })
  email!: string;
}

export class ConfirmPasswordReset extends PickType(ChangePassword, ['newPassword']) {
  @Text({ min: 1, max: 200, description: 'What follows # in the link. Valid once, for 30 minutes.' })
  token!: string;
}

export class TotpSecret {
  @Text({ max: 64, example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', description: 'Base32, for typing into an app.' })
  secret!: string;

  @Text({ max: 1000, example: 'otpauth://totp/…', description: 'The same for an app to scan, as a QR code.' })
  uri!: string;
}

export class ConfirmTotp {
  @Text({ ...codeLimits, description: 'The six digits that the app shows now.' })
  code!: string;
}

export class RecoveryCodes {
  @ApiProperty({
    type: 'string',
    isArray: true,
    example: ['ABCD-EFGH-IJKL-MNOP'],
    description: 'Shown this once. Each signs in one time in place of a code.',
  })
  recoveryCodes!: string[];
}

export class AccountSession {
  @Uuid()
  id!: string;

  @Time({ description: 'When it began with a sign-in.' })
  createdAt!: string;

  @Time({ description: 'To the quarter of an hour.' })
  lastUsedAt!: string;

  @Flag({ description: 'Whether it is the session of this request.' })
  isCurrent!: boolean;
}

/** The newest first. */
export class ListAccountSessions extends ListQuery {}

export class CreateApiKey {
  @KeyName()
  name!: string;

  @RoleField()
  role!: Role;

  @Time({
    optional: true,
    nullable: true,
    example: '2099-01-01T00:00:00.000Z',
    description: 'In the future. Null: never.',
  })
  expiresAt?: string | null;
}

export class ApiKey {
  @Uuid()
  id!: string;

  @KeyName()
  name!: string;

  @RoleField()
  role!: Role;

  @Text({ max: 16, example: 'sk_3kTq9Z', description: 'How the key begins, to tell one from another.' })
  prefix!: string;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  expiresAt!: string | null;

  @Time({ nullable: true, description: 'To the minute or so.' })
  lastUsedAt!: string | null;
}

export class NewApiKey extends ApiKey {
  @Text({ max: 64, description: 'Shown this once. Goes into Authorization: Bearer.' })
  key!: string;
}

export const apiKeySorts = ['createdAt', '-createdAt'] as const;

export class ListApiKeys extends ListQuery {
  @OneOf(apiKeySorts, { optional: true, description: 'Default: createdAt.' })
  sort?: (typeof apiKeySorts)[number];
}

import {
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isTimeZone, passwordLimits, passwordViolation, type Role, roles, TIME_ZONE_RULE } from '#contracts';
import { ports } from '#runtime';
import { isPublicUrl, isSmtpUrl, type MailOptions } from './mail/mail-options.ts';
import { isNetworkList } from './webhooks/request/address-policy.ts';
import {
  headerList,
  HeaderListVariable,
  IntegerVariable,
  ServiceEnvironment,
  type TraceHeader,
  TRACE_HEADERS,
} from '#service';

const given = (name: keyof ApiEnvironment) => (environment: ApiEnvironment) =>
  environment.production || environment[name] !== undefined;

const { min, max } = passwordLimits;

/** The password of an account, by the rules that the API has for those of people. @param owner the variable with its address */
function PasswordOf(owner: 'ADMIN_EMAIL' | 'SMOKE_EMAIL'): PropertyDecorator {
  const violationOf = (value: unknown, email: string | undefined): string | undefined => {
    if (typeof value !== 'string') return `must be set: ${min} characters or more`;
    if (value.length < min) return `is too short: ${min} characters or more`;
    if (value.length > max) return `is too long: at most ${max} characters, or its account could not sign in`;
    return passwordViolation(value, { email });
  };
  return ValidateBy({
    name: 'passwordOf',
    validator: {
      validate: (value, args) => violationOf(value, (args!.object as ApiEnvironment)[owner]) === undefined,
      defaultMessage: (args) =>
        `${args!.property} ${violationOf(args!.value, (args!.object as ApiEnvironment)[owner]) ?? ''}`,
    },
  });
}

/** Everything that the API takes from its environment. */
export class ApiEnvironment extends ServiceEnvironment {
  @IntegerVariable(0, 65535)
  PORT: number = ports.api;

  @IntegerVariable(0, 65535)
  METRICS_PORT: number = ports.apiMetrics;

  /** Header fields that the nearest trusted proxy sets itself, whatever the client sent: the gateway does, an AWS load balancer does not. */
  @HeaderListVariable(TRACE_HEADERS)
  TRUSTED_HEADERS = '';

  /** Outside production, without it, the embedded server is started. */
  @ValidateIf(given('DATABASE_URL'))
  @IsUrl(
    { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true },
    { message: 'DATABASE_URL must be set to a postgres:// URL' },
  )
  // The driver would let it overrule DATABASE_TLS without a word.
  @Matches(/^(?!.*[?&]ssl)/i, { message: 'DATABASE_URL must not have sslmode or the like: DATABASE_TLS says it' })
  DATABASE_URL?: string;

  /** The same database as the owner of its schema, for migrations. Default: DATABASE_URL, with one role for both. */
  @IsOptional()
  @IsUrl(
    { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true },
    { message: 'MIGRATION_DATABASE_URL must be a postgres:// URL' },
  )
  @Matches(/^(?!.*[?&]ssl)/i, {
    message: 'MIGRATION_DATABASE_URL must not have sslmode or the like: DATABASE_TLS says it',
  })
  MIGRATION_DATABASE_URL?: string;

  /** A streaming replica of the same database: for reports, exports, and lists with `consistency=eventual`. Default: none. */
  @IsOptional()
  @IsUrl(
    { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true },
    { message: 'DATABASE_READ_URL must be a postgres:// URL' },
  )
  @Matches(/^(?!.*[?&]ssl)/i, { message: 'DATABASE_READ_URL must not have sslmode or the like: DATABASE_TLS says it' })
  DATABASE_READ_URL?: string;

  /** Where the replica is further behind, reads go to the primary. */
  @IntegerVariable(2, 3600)
  DATABASE_READ_MAX_LAG_SECONDS = 5;

  /** `verify`: TLS, the server's certificate checked against the public roots and those of Amazon RDS. Default: verify in production, else off. */
  @IsOptional()
  @IsIn(['off', 'verify'], { message: 'DATABASE_TLS must be off or verify' })
  DATABASE_TLS?: 'off' | 'verify';

  @IntegerVariable(2, 200)
  DATABASE_POOL_SIZE = 10;

  @IntegerVariable(100, 600_000)
  STATEMENT_TIMEOUT_MS = 15_000;

  @IntegerVariable(100, 600_000)
  LOCK_TIMEOUT_MS = 10_000;

  /** Whether the migrations run at start, too, and not only as a command of their own. Default: outside production. */
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'MIGRATE_ON_START must be true or false' })
  MIGRATE_ON_START?: 'true' | 'false';

  /** Whether an empty embedded database gets the sample shop at start. */
  @IsIn(['true', 'false'], { message: 'DEMO_DATA must be true or false' })
  DEMO_DATA: 'true' | 'false' = 'true';

  /** Signs access tokens. Outside production, without it, one is made and kept in the database's folder. */
  @ValidateIf(given('SIGNING_KEY'))
  @IsString({
    message: 'SIGNING_KEY must be set: 32 random characters or more, for example from `openssl rand -base64 48`',
  })
  @MinLength(32, {
    message: 'SIGNING_KEY is too short: 32 random characters or more, for example from `openssl rand -base64 48`',
  })
  SIGNING_KEY?: string;

  @ValidateIf(given('ADMIN_EMAIL'))
  @IsEmail({}, { message: 'ADMIN_EMAIL must be set to the first admin’s e-mail address' })
  ADMIN_EMAIL?: string;

  @ValidateIf(given('ADMIN_PASSWORD'))
  @PasswordOf('ADMIN_EMAIL')
  ADMIN_PASSWORD?: string;

  /** The account of the smoke test, which `migrate` creates where it has a password. */
  @IsEmail({}, { message: 'SMOKE_EMAIL must be an e-mail address' })
  SMOKE_EMAIL = 'smoke@stockroom.example';

  @IsOptional()
  @PasswordOf('SMOKE_EMAIL')
  SMOKE_PASSWORD?: string;

  @IsIn(roles, { message: `SMOKE_ROLE must be one of ${roles.join(', ')}` })
  SMOKE_ROLE: Role = 'viewer';

  /** ISO 4217. */
  @Matches(/^[A-Z]{3}$/, { message: 'CURRENCY must be three capital letters, such as USD' })
  CURRENCY = 'USD';

  /** IANA: whose days reports count, where the caller names no other zone. */
  @ValidateBy({
    name: 'timeZone',
    validator: { validate: isTimeZone, defaultMessage: () => `TIME_ZONE ${TIME_ZONE_RULE}` },
  })
  TIME_ZONE = 'UTC';

  /**
   * Requests that are worked on at a time; others get 503 at once. More would only wait for the pool, hold memory and delay
   * all that come later; much fewer, and movements share fewer transactions.
   */
  @IntegerVariable(1, 10_000)
  MAX_CONCURRENT_REQUESTS = 256;

  /** Open connections of clients; others are closed at once, and the load balancer or gateway responds with 502. */
  @IntegerVariable(1, 100_000)
  MAX_CONNECTIONS = 4_000;

  /** The largest file that an import takes. Default: 512 MiB. */
  @IntegerVariable(1024, 2 ** 40)
  IMPORT_MAX_BYTES = 512 * 1024 ** 2;

  /**
   * Networks in CIDR notation, separated by commas, that webhooks may be sent to although they are not public, and by http:
   * for tests and for receivers in a private network. Default: none.
   */
  @ValidateBy({
    name: 'networkList',
    validator: {
      validate: (value) => typeof value === 'string' && isNetworkList(value),
      defaultMessage: () =>
        'WEBHOOK_ALLOWED_NETWORKS must be networks in CIDR notation, separated by commas, such as 10.20.0.0/16',
    },
  })
  WEBHOOK_ALLOWED_NETWORKS = '';

  /** The server that takes mail. Default: no mail is sent. */
  @IsOptional()
  @ValidateBy({
    name: 'smtpUrl',
    validator: {
      validate: isSmtpUrl,
      defaultMessage: () => 'SMTP_URL must be smtps://user:password@host or smtp://…, without a path or parameters',
    },
  })
  SMTP_URL?: string;

  /** Who mail is from. */
  @ValidateIf(({ SMTP_URL, MAIL_FROM }: ApiEnvironment) => SMTP_URL !== undefined || MAIL_FROM !== undefined)
  @IsEmail({}, { message: 'MAIL_FROM must be set to the e-mail address that mail is from, where SMTP_URL is set' })
  MAIL_FROM?: string;

  /** Where the web interface is, for links in mails. Never taken from a request: `Host` is what its sender writes. */
  @ValidateIf(({ SMTP_URL, PUBLIC_URL }: ApiEnvironment) => SMTP_URL !== undefined && PUBLIC_URL !== undefined)
  @ValidateBy({
    name: 'publicUrl',
    validator: {
      validate: isPublicUrl,
      defaultMessage: () =>
        'PUBLIC_URL must be https://, host and perhaps port only, such as https://stockroom.example.com; http:// only for localhost',
    },
  })
  PUBLIC_URL?: string;

  get mail(): MailOptions | undefined {
    const { SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL } = this;
    return url && from ? { url, from, publicUrl: PUBLIC_URL && new URL(PUBLIC_URL).origin } : undefined;
  }

  /** As far as a proxy is trusted at all. */
  get trustedHeaders(): ReadonlySet<TraceHeader> {
    return headerList(this.TRUSTED_HOPS === 0 ? '' : this.TRUSTED_HEADERS);
  }
}

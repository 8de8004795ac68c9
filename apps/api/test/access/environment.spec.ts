import { describe, expect, it } from '@jest/globals';
import { EnvironmentError, readEnvironment } from '#service';
import { ApiEnvironment } from '../../src/environment.ts';

const right = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://stockroom:a-database-password@db.example.com/stockroom',
  SIGNING_KEY: 'a signing key of more than 32 characters',
  ADMIN_EMAIL: 'sam@example.com',
  ADMIN_PASSWORD: 'three mugs on a shelf',
};

const MAIL = { SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'stock@example.com' };

/** What the start says and ends with, or undefined where it goes on. */
function refusal(variables: NodeJS.ProcessEnv): string | undefined {
  try {
    readEnvironment(ApiEnvironment, variables);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
}

describe('in production', () => {
  it('starts with good secrets', () => {
    expect(refusal(right)).toBeUndefined();
  });

  it('says everything that is missing at once', () => {
    expect(refusal({ NODE_ENV: 'production' })).toBe(`The configuration is invalid:
  - DATABASE_URL must be set to a postgres:// URL
  - SIGNING_KEY must be set: 32 random characters or more, for example from \`openssl rand -base64 48\`
  - ADMIN_EMAIL must be set to the first admin’s e-mail address
  - ADMIN_PASSWORD must be set: 12 characters or more`);
  });

  it('takes a server for mail together with the address that mail is from', () => {
    const SMTP_URL = 'smtps://sam:secret@mail.example.com';
    expect(refusal({ ...right, SMTP_URL, MAIL_FROM: 'stock@example.com' })).toBeUndefined();
    expect(refusal({ ...right, SMTP_URL })).toMatch(/- MAIL_FROM must be set to the e-mail address/);
    const message = refusal({ ...right, SMTP_URL: `${SMTP_URL}?tls=off`, MAIL_FROM: 'stock@example.com' });
    expect(message).toMatch(/- SMTP_URL must be smtps:/);
    expect(message).not.toContain('secret@');
  });

  it('takes a URL for traces, and nothing else', () => {
    expect(refusal({ ...right, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' })).toBeUndefined();
    for (const wrong of ['collector:4318', 'grpc://collector:4317', 'http://', 'traces'])
      expect(refusal({ ...right, OTEL_EXPORTER_OTLP_ENDPOINT: wrong })).toBe(
        'The configuration is invalid:\n  - OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// URL, such as http://127.0.0.1:4318',
      );
  });

  it.each(['https://stock.example.com', 'https://stock.example.com:8443/', 'http://localhost:8080', 'http://[::1]'])(
    'takes %s for where links in mails lead',
    (PUBLIC_URL) => expect(refusal({ ...right, ...MAIL, PUBLIC_URL })).toBeUndefined(),
  );

  it.each(['http://stock.example.com', 'https://stock.example.com/app', 'https://a:b@stock.example.com', 'https://a?b', 'http://localhost.evil.example', 'javascript:alert(1)', 'stock.example.com'])(
    'refuses %s for where links in mails lead',
    (PUBLIC_URL) =>
      expect(refusal({ ...right, ...MAIL, PUBLIC_URL })).toBe(
        'The configuration is invalid:\n  - PUBLIC_URL must be https://, host and perhaps port only, such as https://stockroom.example.com; http:// only for localhost',
      ),
  ); // prettier-ignore

  it('takes an empty variable for a missing one', () => {
    expect(refusal({ ...right, SIGNING_KEY: '' })).toBe(
      'The configuration is invalid:\n  - SIGNING_KEY must be set: 32 random characters or more, for example from `openssl rand -base64 48`',
    );
  });

  it('refuses a signing key of 31 characters and a password of 11', () => {
    expect(refusal({ ...right, SIGNING_KEY: 'k'.repeat(31), ADMIN_PASSWORD: 'p'.repeat(11) }))
      .toBe(`The configuration is invalid:
  - SIGNING_KEY is too short: 32 random characters or more, for example from \`openssl rand -base64 48\`
  - ADMIN_PASSWORD is too short: 12 characters or more`);
    expect(refusal({ ...right, SIGNING_KEY: 'k'.repeat(32), ADMIN_PASSWORD: 'twelve mugs!' })).toBeUndefined();
  });

  it.each([
    [
      'x7'.padEnd(201, 'three mugs on a shelf '),
      'is too long: at most 200 characters, or its account could not sign in',
    ],
    ['            ', 'is too easy to guess; use several words that do not belong together'],
    ['pppppppppppp', 'is too easy to guess; use several words that do not belong together'],
    ['admin@stockroom', 'is too easy to guess; use several words that do not belong together'],
    ['stockroom123', 'is too easy to guess; use several words that do not belong together'],
    [
      'kettles of dana.whitfield',
      'must not contain the e-mail address or the name that it is for; use several words that do not belong together',
    ],
  ])('refuses the password of an account that the API would refuse: %s', (password, reason) => {
    const given = { ...right, ADMIN_EMAIL: 'dana.whitfield@example.com', SMOKE_EMAIL: 'dana.whitfield@example.com' };
    for (const name of ['ADMIN_PASSWORD', 'SMOKE_PASSWORD'])
      expect(refusal({ ...given, [name]: password })).toBe(`The configuration is invalid:\n  - ${name} ${reason}`);
  });

  it('refuses a database URL that would overrule DATABASE_TLS', () => {
    expect(refusal({ ...right, DATABASE_URL: `${right.DATABASE_URL}?sslmode=disable` })).toBe(
      'The configuration is invalid:\n  - DATABASE_URL must not have sslmode or the like: DATABASE_TLS says it',
    );
  });

  it('shows no value of a secret that it refuses', () => {
    const secrets = {
      DATABASE_URL: 'mysql://root:hunter2@db',
      SIGNING_KEY: 'short-signing-key',
      ADMIN_PASSWORD: 'pass-word',
    };
    const message = refusal({ ...right, ...secrets, ADMIN_EMAIL: 'not-an-address' });
    expect(message?.split('\n')).toHaveLength(5);
    for (const secret of ['hunter2', 'short-signing-key', 'pass-word', 'not-an-address'])
      expect(message).not.toContain(secret);
  });
});

describe('outside production', () => {
  it('starts without secrets, but not with short ones', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ SIGNING_KEY: 'short' })).toContain('SIGNING_KEY is too short');
    expect(refusal({ ADMIN_PASSWORD: 'short' })).toContain('ADMIN_PASSWORD is too short');
  });

  it('says once what is wrong with a number', () => {
    expect(refusal({ PORT: 'eighty' })).toBe(
      'The configuration is invalid:\n  - PORT must be a whole number from 0 to 65535',
    );
  });
});

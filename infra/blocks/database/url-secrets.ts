import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createGeneratedSecret, createSecret } from '../secrets/secret.ts';
import type { StoredSecret } from '../secrets/stored-secret.ts';
import type { Database } from './database.ts';
import { applicationRole, databaseUrl, NAME } from './url.ts';

/**
 * A URL for each of the two roles, so that the API cannot change the schema, and the application's URL of the replica.
 * @param readHost of a replica; undefined: there is none
 * @param version of the passwords. Tasks refer to that version of the URLs, so that a new one replaces them, and the
 * circuit breaker can go back to tasks with the one before. Undefined: the passwords stay.
 */
export function createUrlSecrets(
  scope: Construct,
  environment: Environment,
  ownerPassword: string,
  { host, readHost }: { host: string; readHost?: string | undefined },
  version?: number,
): Omit<Database, 'tls'> {
  const password = createGeneratedSecret(scope, environment, 'application-password', version);
  const urlFor = (server: string) => databaseUrl(applicationRole(version), password.value, server);
  const url = createSecret(scope, environment, 'database-url', urlFor(host), version);
  const ownerUrl = createSecret(
    scope,
    environment,
    'database-owner-url',
    databaseUrl(NAME, ownerPassword, host),
    version,
  );
  const readUrl =
    readHost === undefined
      ? undefined
      : createSecret(scope, environment, 'database-read-url', urlFor(readHost), version);
  const referenceTo = ({ arn, versionId }: StoredSecret) => (version === undefined ? arn : `${arn}:::${versionId}`);
  return {
    secretArns: [url, ownerUrl, ...(readUrl ? [readUrl] : [])].map(({ arn }) => arn),
    urlReference: referenceTo(url),
    ownerUrlReference: referenceTo(ownerUrl),
    readUrlReference: readUrl && referenceTo(readUrl),
  };
}

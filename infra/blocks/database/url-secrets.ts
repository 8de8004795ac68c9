import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createGeneratedSecret, createSecret } from '../secrets/secret.ts';
import type { StoredSecret } from '../secrets/stored-secret.ts';
import type { Database } from './database.ts';
import { applicationRole, databaseUrl, NAME } from './url.ts';

/**
 * A URL for each of the two roles, so that the API cannot change the schema.
 * @param version of the passwords. Tasks refer to that version of the URLs, so that a new one replaces them, and the
 * circuit breaker can go back to tasks with the one before. Undefined: the passwords stay.
 */
export function createUrlSecrets(
  scope: Construct,
  environment: Environment,
  ownerPassword: string,
  host: string,
  version?: number,
): Omit<Database, 'tls'> {
  const password = createGeneratedSecret(scope, environment, 'application-password', version);
  const url = databaseUrl(applicationRole(version), password.value, host);
  const ownerUrl = databaseUrl(NAME, ownerPassword, host);
  const secret = createSecret(scope, environment, 'database-url', url, version);
  const ownerSecret = createSecret(scope, environment, 'database-owner-url', ownerUrl, version);
  const referenceTo = ({ arn, versionId }: StoredSecret) => (version === undefined ? arn : `${arn}:::${versionId}`);
  return {
    urlSecretArn: secret.arn,
    urlReference: referenceTo(secret),
    ownerUrlSecretArn: ownerSecret.arn,
    ownerUrlReference: referenceTo(ownerSecret),
  };
}

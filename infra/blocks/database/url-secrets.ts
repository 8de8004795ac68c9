import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createGeneratedSecret, createSecret } from '../secrets/secret.ts';
import type { Database } from './database.ts';
import { APPLICATION_ROLE, databaseUrl, NAME } from './url.ts';

/** A URL for each of the two roles, so that the API cannot change the schema. */
export function createUrlSecrets(
  scope: Construct,
  environment: Environment,
  ownerPassword: string,
  host: string,
): Pick<Database, 'urlSecretArn' | 'ownerUrlSecretArn'> {
  const password = createGeneratedSecret(scope, environment, 'application-password');
  const url = databaseUrl(APPLICATION_ROLE, password.value, host);
  const ownerUrl = databaseUrl(NAME, ownerPassword, host);
  return {
    urlSecretArn: createSecret(scope, environment, 'database-url', url).arn,
    ownerUrlSecretArn: createSecret(scope, environment, 'database-owner-url', ownerUrl).arn,
  };
}

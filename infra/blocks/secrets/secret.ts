import { DataAwsSecretsmanagerRandomPassword } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-random-password/index.js';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

export interface Secret {
  arn: string;
  /** As Terraform's state holds it: whoever reads the state reads the secrets. */
  value: string;
}

function emptySecret(scope: Construct, { prefix, production }: Environment, name: string): SecretsmanagerSecret {
  return new SecretsmanagerSecret(scope, name, {
    name: `${prefix}/${name}`,
    // A name is taken until its secret is gone for good, which would keep a throwaway environment from coming back.
    recoveryWindowInDays: production ? 30 : 0,
  });
}

/** A secret that is made up once: later plans draw another password, which is ignored. 48 letters and digits. */
export function createGeneratedSecret(scope: Construct, environment: Environment, name: string): Secret {
  const secret = emptySecret(scope, environment, name);
  const random = new DataAwsSecretsmanagerRandomPassword(scope, `${name}-drawn`, {
    passwordLength: 48,
    excludePunctuation: true,
  });
  const version = new SecretsmanagerSecretVersion(scope, `${name}-value`, {
    secretId: secret.id,
    secretString: random.randomPassword,
    lifecycle: { ignoreChanges: ['secret_string'] },
  });
  return { arn: version.arn, value: version.secretString };
}

export function createSecret(scope: Construct, environment: Environment, name: string, value: string): Secret {
  const secret = emptySecret(scope, environment, name);
  const version = new SecretsmanagerSecretVersion(scope, `${name}-value`, { secretId: secret.id, secretString: value });
  return { arn: version.arn, value };
}

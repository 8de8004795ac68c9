import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createGeneratedParameter, createParameter } from './parameter.ts';
import type { Secret, StoredSecret } from './stored-secret.ts';

function createEmptySecret(scope: Construct, { prefix, production }: Environment, name: string): SecretsmanagerSecret {
  return new SecretsmanagerSecret(scope, name, {
    name: `${prefix}/${name}`,
    // During the recovery window the name stays taken, so a throw-away environment could not be created again.
    recoveryWindowInDays: production ? 30 : 0,
  });
}

/**
 * A secret of 48 random letters and digits, generated once: Terraform sends a write-only argument again only when its
 * version changes. The value is read back from Secrets Manager, so that a repeated apply uses the stored one.
 */
export function createGeneratedSecret(scope: Construct, environment: Environment, name: string, version = 1): Secret {
  if (environment.secretStore === 'parameter-store') return createGeneratedParameter(scope, environment, name);
  const stack = TerraformStack.of(scope);
  const secret = createEmptySecret(scope, environment, name);
  stack.addOverride(`ephemeral.aws_secretsmanager_random_password.${name}`, {
    password_length: 48,
    exclude_punctuation: true,
  });
  const stored = new SecretsmanagerSecretVersion(scope, `${name}-value`, {
    secretId: secret.id,
    secretStringWo: `\${ephemeral.aws_secretsmanager_random_password.${name}.random_password}`,
    secretStringWoVersion: version,
  });
  stack.addOverride(`ephemeral.aws_secretsmanager_secret_version.${name}`, {
    secret_id: secret.id,
    // Unknown until the version exists, which postpones the reading until then.
    version_id: stored.versionId,
  });
  return {
    arn: stored.arn,
    versionId: stored.versionId,
    value: `\${ephemeral.aws_secretsmanager_secret_version.${name}.secret_string}`,
  };
}

/** @param value may contain the `value` of a generated secret */
export function createSecret(
  scope: Construct,
  environment: Environment,
  name: string,
  value: string,
  version = 1,
): StoredSecret {
  if (environment.secretStore === 'parameter-store') return createParameter(scope, environment, name, value);
  const secret = createEmptySecret(scope, environment, name);
  const stored = new SecretsmanagerSecretVersion(scope, `${name}-value`, {
    secretId: secret.id,
    secretStringWo: value,
    secretStringWoVersion: version,
  });
  return { arn: stored.arn, versionId: stored.versionId };
}

import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { Secret, StoredSecret } from './stored-secret.ts';

/** Two random UUIDs, of 244 random bits together. Terraform makes new ones each time, and sends them only once. */
const RANDOM = '${replace(join("", [uuid(), uuid()]), "-", "")}';

/** As `createGeneratedSecret`, in the Parameter Store of Systems Manager. */
export function createGeneratedParameter(scope: Construct, environment: Environment, name: string): Secret {
  const parameter = createParameter(scope, environment, name, RANDOM);
  TerraformStack.of(scope).addOverride(`ephemeral.aws_ssm_parameter.${name}`, { arn: parameter.arn });
  return { ...parameter, value: `\${ephemeral.aws_ssm_parameter.${name}.value}` };
}

/** As `createSecret`. */
export function createParameter(scope: Construct, { prefix }: Environment, name: string, value: string): StoredSecret {
  const { arn } = new SsmParameter(scope, name, {
    name: `/${prefix}/${name}`,
    type: 'SecureString',
    valueWo: value,
    valueWoVersion: 1,
  });
  return { arn };
}

import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Environment } from '../../environments/environment.ts';
import type { Aws } from './clients.ts';

/** @returns `admin`: what the first admin signs in with, unless it was changed since; `smoke`: of the smoke test's account */
export async function password(
  { secrets, ssm }: Aws,
  { prefix, secretStore }: Environment,
  of: 'admin' | 'smoke',
): Promise<string> {
  const name = `${prefix}/${of}-password`;
  if (secretStore === 'secrets-manager')
    return (await secrets.send(new GetSecretValueCommand({ SecretId: name }))).SecretString!;
  return (await ssm.send(new GetParameterCommand({ Name: `/${name}`, WithDecryption: true }))).Parameter!.Value!;
}

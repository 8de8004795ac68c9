import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../../environments/environment.ts';
import type { Aws } from './clients.ts';

/** @returns `admin`: what the first admin signs in with, unless it was changed since; `smoke`: of the smoke test's account */
export async function password({ secrets }: Aws, { prefix }: Environment, of: 'admin' | 'smoke'): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: `${prefix}/${of}-password` }));
  return SecretString!;
}

import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Environment } from '../../environments/environment.ts';
import type { Aws } from './clients.ts';

/** @returns what the first admin signs in with, unless it was changed since */
export async function adminPassword({ secrets }: Aws, { prefix }: Environment): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: `${prefix}/admin-password` }));
  return SecretString!;
}

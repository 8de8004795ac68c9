import type { Environment } from '../../environments/environment.ts';
import { partitionOf } from '../../environments/partition.ts';
import type { Statement } from '../roles/policy.ts';

/**
 * What a plan needs beside ReadOnlyAccess: the lock of the state, and the secrets' values, which Terraform passes on as
 * ephemeral values even while it plans.
 */
export function planPermissions({ prefix, region, stateBucket }: Environment, account: string): Statement[] {
  const partition = partitionOf(region);
  return [
    {
      actions: ['s3:PutObject', 's3:DeleteObject'],
      resources: [`arn:${partition}:s3:::${stateBucket}/${prefix}/*.tflock`],
    },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [`arn:${partition}:secretsmanager:${region}:${account}:secret:${prefix}/*`],
    },
    // It reads nothing, and AWS offers no narrower resource.
    { actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
  ];
}

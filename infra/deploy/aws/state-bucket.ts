import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { partitionOf } from '../../environments/partition.ts';
import { type Aws, isAwsError } from './clients.ts';

/** Bucket names are the whole world's, so the account is part of it. */
export const defaultStateBucket = (account: string, region: string): string => `stockroom-state-${account}-${region}`;

/**
 * For Terraform's state: private, TLS only, encrypted as every new bucket is, old versions kept. An attempt that was
 * interrupted may have left it half-made, so all of this is set each time.
 */
export async function createStateBucket(
  { s3 }: Aws,
  region: string,
  Bucket: string,
): Promise<'created' | 'already exists'> {
  const isNew = !(await exists(s3, Bucket));
  // us-east-1 is the one region that must not be named.
  const place =
    region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  if (isNew) await s3.send(new CreateBucketCommand({ Bucket, ...place }));
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly(`arn:${partitionOf(region)}:s3:::${Bucket}`) }));
  return isNew ? 'created' : 'already exists';
}

const tlsOnly = (arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });

async function exists(s3: Aws['s3'], name: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if (isAwsError(error, 'NotFound', 'NoSuchBucket')) return false;
    if (isAwsError(error, 'Forbidden', '403', 'AccessDenied'))
      throw new Error(`The bucket ${name} is not yours to use: set STATE_BUCKET to another name.`, { cause: error });
    throw error;
  }
}

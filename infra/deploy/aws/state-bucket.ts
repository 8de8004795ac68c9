import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type Aws, isAwsError } from './clients.ts';

/** Bucket names are the whole world's, so the account is part of it. */
export const defaultStateBucket = (account: string, region: string): string => `stockroom-state-${account}-${region}`;

/** For Terraform's state, which holds secrets: private, encrypted as every new one is, old versions kept. */
export async function createStateBucket(
  { s3 }: Aws,
  region: string,
  name: string,
): Promise<'created' | 'already exists'> {
  if (await exists(s3, name)) return 'already exists';
  // us-east-1 is the one region that must not be named.
  const place =
    region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  await s3.send(new CreateBucketCommand({ Bucket: name, ...place }));
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: all }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
  return 'created';
}

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

import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

/** A private bucket, encrypted as every new one is, that load balancers may write to. */
export function createAccessLogBucket(
  scope: Construct,
  { prefix, production }: Environment,
  days: number,
): { bucket: string; permission: ITerraformDependable } {
  const bucket = new S3Bucket(scope, 'access-logs', { bucketPrefix: `${prefix}-logs-`, forceDestroy: !production });
  new S3BucketPublicAccessBlock(scope, 'access-logs-private', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketLifecycleConfiguration(scope, 'access-logs-expire', {
    bucket: bucket.id,
    rule: [{ id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days }] }],
  });
  const permission = new S3BucketPolicy(scope, 'access-logs-writers', {
    bucket: bucket.id,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${bucket.arn}/*`,
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [bucket.arn, `${bucket.arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    }),
  });
  return { bucket: bucket.id, permission };
}

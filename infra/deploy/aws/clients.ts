import { ACMClient } from '@aws-sdk/client-acm';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

/** AWS, in one region; credentials come from where every AWS tool takes them. */
export const createClients = (region: string) => ({
  acm: new ACMClient({ region }),
  ec2: new EC2Client({ region }),
  ecr: new ECRClient({ region }),
  ecs: new ECSClient({ region }),
  elb: new ElasticLoadBalancingV2Client({ region }),
  iam: new IAMClient({ region }),
  logs: new CloudWatchLogsClient({ region }),
  quotas: new ServiceQuotasClient({ region }),
  rds: new RDSClient({ region }),
  s3: new S3Client({ region }),
  secrets: new SecretsManagerClient({ region }),
  ssm: new SSMClient({ region }),
  sts: new STSClient({ region }),
});

export type Aws = ReturnType<typeof createClients>;

/** Whether AWS refused with one of these codes. */
export const isAwsError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes(error.name);

/** Whether AWS refused because of the caller's permissions; each API has its own code for that. */
export const isAccessDenied = (error: unknown): boolean =>
  isAwsError(error, 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation');

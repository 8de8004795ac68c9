import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';

export type Clients = ReturnType<typeof clientsOf>;

/** The emulator itself, without what the control plane refuses and corrects. */
export function clientsOf(endpoint: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { endpoint, region: 'us-east-1', credentials };
  return {
    autoScaling: new AutoScaling(settings),
    ec2: new EC2(settings),
    elb: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
    logs: new CloudWatchLogs(settings),
    secrets: new SecretsManager(settings),
    serviceScaling: new ApplicationAutoScaling(settings),
  };
}

import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { prepareAccount } from '../../test/support/emulator/prepared-account.ts';

const USER_DATA = '#!/bin/bash\necho ECS_CLUSTER=stockroom >> /etc/ecs/ecs.config\nECS_CLUSTER=stockroom\n';

/** A lab as its owner would prepare it by docs/deploying.md: two t2.micro in two zones, target groups that ask for readiness. */
export async function prepareLab(client: ConstructorParameters<typeof EC2Client>[0] & object): Promise<void> {
  const { targetGroupArns } = await prepareAccount();
  const elb = new ElasticLoadBalancingV2Client(client);
  for (const TargetGroupArn of Object.values(targetGroupArns)) {
    await elb.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn,
        HealthCheckPath: '/health/ready',
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 3,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
      }),
    );
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '15' }];
    await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
  }
  const ec2 = new EC2Client(client);
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:Name', Values: ['stockroom-*'] }] }),
  );
  for (const { SubnetId } of Subnets)
    await ec2.send(
      new RunInstancesCommand({
        ImageId: 'ami-12c6146b',
        InstanceType: 't2.micro',
        MinCount: 1,
        MaxCount: 1,
        SubnetId,
        UserData: Buffer.from(USER_DATA).toString('base64'),
      }),
    );
}

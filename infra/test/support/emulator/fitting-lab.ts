import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ECSClient, RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { prepareAccount, type PreparedAccount } from './prepared-account.ts';

export interface FittingLab extends PreparedAccount {
  vpcId: string;
  loadBalancerGroup: string;
  /** The instances' public addresses, as `API_SOURCE_CIDRS` names them. */
  sources: string[];
}

/** The agent's settings, as the console's wizard writes them. */
const USER_DATA = '#!/bin/bash\ncat <<EOF > /etc/ecs/ecs.config\nECS_CLUSTER=stockroom\nEOF\n';

const tcp = (from: number, to: number) => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to });

/** A prepared account in which preflight finds nothing to do: two registered t2.micro, and every hop admitted. */
export async function prepareFittingLab(): Promise<FittingLab> {
  const account = await prepareAccount();
  const [ec2, elb] = [new EC2Client({}), new ElasticLoadBalancingV2Client({})];
  const found = await elb.send(new DescribeLoadBalancersCommand({ Names: ['stockroom'] }));
  const { VpcId: vpcId, SecurityGroups: [loadBalancerGroup] = [] } = found.LoadBalancers![0]!;
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  for (const group of Object.values(account.targetGroupArns)) await checkReadiness(elb, group);
  const { GroupId: instances } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: 'instances', Description: 'The instances of the lab' }),
  );
  await admit(ec2, instances!, {
    ...tcp(32768, 65535),
    UserIdGroupPairs: [{ GroupId: loadBalancerGroup }],
  });
  const sources = (await startInstances(ec2, vpcId!, instances!)).map((address) => `${address}/32`);
  await admit(ec2, loadBalancerGroup!, { ...tcp(80, 80), IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
  const ranges = sources.map((CidrIp) => ({ CidrIp }));
  await admit(ec2, loadBalancerGroup!, { ...tcp(3000, 3000), IpRanges: ranges });
  return { ...account, vpcId: vpcId!, loadBalancerGroup: loadBalancerGroup!, sources };
}

const admit = (ec2: EC2Client, GroupId: string, permission: object) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));

/** Has a target group check readiness. */
async function checkReadiness(elb: ElasticLoadBalancingV2Client, TargetGroupArn: string): Promise<void> {
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

/** @returns the public addresses of one registered instance in each subnet */
async function startInstances(ec2: EC2Client, vpcId: string, group: string): Promise<string[]> {
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
  );
  const addresses: string[] = [];
  for (const { SubnetId } of Subnets) {
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'ami-12c6146b',
        InstanceType: 't2.micro',
        SubnetId,
        SecurityGroupIds: [group],
        UserData: Buffer.from(USER_DATA).toString('base64'),
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    const { InstanceId: instanceId, PublicIpAddress } = Instances![0]!;
    addresses.push(PublicIpAddress!);
    const instanceIdentityDocument = JSON.stringify({ instanceId });
    await new ECSClient({}).send(
      new RegisterContainerInstanceCommand({ cluster: 'stockroom', instanceIdentityDocument }),
    );
  }
  return addresses;
}

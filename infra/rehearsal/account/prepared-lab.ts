import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type IpPermission,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  AttachRolePolicyCommand,
  CreateServiceLinkedRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { checkReadiness } from '../../test/support/emulator/fitting-lab.ts';
import { prepareAccount } from '../../test/support/emulator/prepared-account.ts';

const USER_DATA = '#!/bin/bash\necho ECS_CLUSTER=stockroom >> /etc/ecs/ecs.config\nECS_CLUSTER=stockroom\n';
/** Dynamic host ports of tasks in bridge mode. */
const DYNAMIC = { FromPort: 32768, ToPort: 65535 };

type ClientOptions = ConstructorParameters<typeof EC2Client>[0] & object;

/**
 * A lab as its owner would prepare it by docs/deploying.md: two t2.micro in two zones, and target groups that check readiness.
 * @returns the lines of `.env.lab`
 */
export async function prepareLab(client: ClientOptions): Promise<string> {
  const { targetGroupArns } = await prepareAccount();
  const elb = new ElasticLoadBalancingV2Client(client);
  for (const group of Object.values(targetGroupArns)) await checkReadiness(elb, group);
  await permit(new IAMClient(client));
  const addresses = await launchInstances(new EC2Client(client));
  return `API_SOURCE_CIDRS=${addresses.map((address) => `${address}/32`).join(',')}\n`;
}

/** The role may pull and log, by AWS's policy, and read secrets, by one of its own. */
async function permit(iam: IAMClient): Promise<void> {
  // ECS made it with the cluster.
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
  const RoleName = 'LabRole';
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const Statement = [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'secrets', PolicyDocument }));
}

/** @returns their public addresses */
async function launchInstances(ec2: EC2Client): Promise<string[]> {
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['lab'] }] }),
  );
  const { GroupId: balancer, VpcId } = SecurityGroups![0]!;
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  const { GroupId: instances } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'lab-instances', Description: 'The instances of the lab' }),
  );
  const open = (GroupId: string, permission: IpPermission) =>
    ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [{ IpProtocol: 'tcp', ...permission }] }),
    );
  await open(instances!, { ...DYNAMIC, UserIdGroupPairs: [{ GroupId: balancer! }] });
  await open(balancer!, { FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
  const addresses = await launchInEachZone(ec2, instances!);
  // The load balancer has public addresses, so the gateway's connections come from those of the instances.
  const IpRanges = addresses.map((address) => ({ CidrIp: `${address}/32` }));
  await open(balancer!, { FromPort: 3000, ToPort: 3000, IpRanges });
  return addresses;
}

/** @returns the public addresses of the instances */
async function launchInEachZone(ec2: EC2Client, group: string): Promise<string[]> {
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:Name', Values: ['stockroom-*'] }] }),
  );
  const addresses = [];
  for (const { SubnetId } of Subnets) {
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    addresses.push(await launchInstance(ec2, SubnetId!, group));
  }
  return addresses;
}

async function launchInstance(ec2: EC2Client, SubnetId: string, group: string): Promise<string> {
  const launched = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      InstanceType: 't2.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [group],
      UserData: Buffer.from(USER_DATA).toString('base64'),
    }),
  );
  return launched.Instances![0]!.PublicIpAddress!;
}

import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  type Tag,
} from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';

export interface PreparedAccount {
  loadBalancer: { arn: string; dnsName: string };
  listenerArn: string;
  targetGroupArns: { api: string; gateway: string };
}

const named = (type: 'vpc' | 'subnet', name: string) => [
  { ResourceType: type, Tags: [{ Key: 'Name', Value: name } satisfies Tag] },
];

/** What the owner of a lab prepares, by the names that infra/environments/lab.ts looks for. */
export async function prepareAccount(): Promise<PreparedAccount> {
  const [ec2, elb] = [new EC2Client({}), new ElasticLoadBalancingV2Client({})];
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', TagSpecifications: named('vpc', 'stockroom') }),
  );
  const VpcId = Vpc!.VpcId!;
  const Subnets = await Promise.all(
    ['a', 'b'].map(async (zone, index) => {
      const place = { VpcId, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `us-east-1${zone}` };
      const tagged = { TagSpecifications: named('subnet', `stockroom-${zone}`) };
      return (await ec2.send(new CreateSubnetCommand({ ...place, ...tagged }))).Subnet!.SubnetId!;
    }),
  );
  const group = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'lab', Description: 'The load balancer of the lab' }),
  );
  await new ECSClient({}).send(new CreateClusterCommand({ clusterName: 'stockroom' }));
  for (const repositoryName of ['stockroom-api', 'stockroom-gateway'])
    await new ECRClient({}).send(new CreateRepositoryCommand({ repositoryName }));
  const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await new IAMClient({}).send(new CreateRoleCommand({ RoleName: 'LabRole', AssumeRolePolicyDocument }));
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'stockroom', Subnets, SecurityGroups: [group.GroupId!] }),
  );
  const { LoadBalancerArn, DNSName } = LoadBalancers![0]!;
  const targets = async (Name: string, Port: number) => {
    const made = await elb.send(new CreateTargetGroupCommand({ Name, Port, Protocol: 'HTTP', VpcId }));
    return made.TargetGroups![0]!.TargetGroupArn!;
  };
  const [api, gateway] = [await targets('stockroom-api', 3000), await targets('stockroom-gateway', 8080)];
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  return {
    loadBalancer: { arn: LoadBalancerArn!, dnsName: DNSName! },
    listenerArn: Listeners![0]!.ListenerArn!,
    targetGroupArns: { api, gateway },
  };
}

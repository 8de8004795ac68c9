import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeClustersCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** What an account holds that costs money or takes up a name. */
export async function accountResources(): Promise<Record<string, (string | undefined)[]>> {
  const [ec2, elb] = [new EC2Client({}), new ElasticLoadBalancingV2Client({})];
  const { clusterArns = [] } = await new ECSClient({}).send(new ListClustersCommand({}));
  const { clusters } = await new ECSClient({}).send(new DescribeClustersCommand({ clusters: clusterArns }));
  return {
    vpcs: (await ec2.send(new DescribeVpcsCommand({}))).Vpcs!.map(({ VpcId }) => VpcId),
    subnets: (await ec2.send(new DescribeSubnetsCommand({}))).Subnets!.map(({ SubnetId }) => SubnetId),
    groups: (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups!.map(({ GroupId }) => GroupId),
    loadBalancers: (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers!.map(
      (it) => it.LoadBalancerArn,
    ),
    targetGroups: (await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups!.map((it) => it.TargetGroupArn),
    clusters: clusters!.filter(({ status }) => status === 'ACTIVE').map(({ clusterArn }) => clusterArn),
    instances: (await new AutoScalingClient({}).send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups!.map(
      (it) => it.AutoScalingGroupName,
    ),
    repositories: (await new ECRClient({}).send(new DescribeRepositoriesCommand({}))).repositories!.map(
      (it) => it.repositoryArn,
    ),
    databases: (await new RDSClient({}).send(new DescribeDBInstancesCommand({}))).DBInstances!.map(
      (it) => it.DBInstanceArn,
    ),
    secrets: (await new SecretsManagerClient({}).send(new ListSecretsCommand({}))).SecretList!.map((it) => it.ARN),
    roles: (await new IAMClient({}).send(new ListRolesCommand({})))
      .Roles!.map((it) => it.RoleName)
      .filter(
        // ECS's own: it is the account's, and stays.
        (name) => !name!.startsWith('AWSServiceRoleFor'),
      ),
    logGroups: (await new CloudWatchLogsClient({}).send(new DescribeLogGroupsCommand({}))).logGroups!.map(
      (it) => it.arn,
    ),
  };
}

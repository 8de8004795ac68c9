import { DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Aws } from '../../deploy/aws/clients.ts';
import type { IngressRule, ListenerFacts, LoadBalancerFacts, TargetGroupFacts } from '../facts.ts';

export async function readLoadBalancer({ elb }: Aws, name: string): Promise<LoadBalancerFacts | undefined> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: [name] }));
  const [found] = LoadBalancers;
  if (!found) return undefined;
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: found.LoadBalancerArn }));
  const listeners = await Promise.all(
    Listeners.map(async ({ ListenerArn, Port, Protocol }): Promise<ListenerFacts> => {
      const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
      const rules = Rules.map(({ Priority, Actions = [] }) => ({
        priority: Priority!,
        targetGroupArns: Actions.flatMap(targetGroupArns),
      }));
      return { port: Port!, protocol: Protocol!, rules };
    }),
  );
  return {
    arn: found.LoadBalancerArn!,
    dnsName: found.DNSName!,
    isInternetFacing: found.Scheme !== 'internal',
    vpcId: found.VpcId!,
    securityGroupIds: found.SecurityGroups ?? [],
    listeners,
  };
}

const targetGroupArns = ({ TargetGroupArn, ForwardConfig }: Action): string[] => [
  ...(TargetGroupArn ? [TargetGroupArn] : []),
  ...(ForwardConfig?.TargetGroups ?? []).flatMap((it) => (it.TargetGroupArn ? [it.TargetGroupArn] : [])),
];

export async function readTargetGroup({ elb }: Aws, name: string): Promise<TargetGroupFacts | undefined> {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ Names: [name] }));
  const [found] = TargetGroups;
  if (!found) return undefined;
  const { Attributes = [] } = await elb.send(
    new DescribeTargetGroupAttributesCommand({ TargetGroupArn: found.TargetGroupArn }),
  );
  const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
  return {
    arn: found.TargetGroupArn!,
    vpcId: found.VpcId!,
    type: found.TargetType!,
    protocol: found.Protocol!,
    port: found.Port!,
    healthPath: found.HealthCheckPath ?? '/',
    matcher: found.Matcher?.HttpCode ?? '200',
    intervalSeconds: found.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: found.HealthCheckTimeoutSeconds ?? 5,
    healthyThreshold: found.HealthyThresholdCount ?? 5,
    deregistrationDelaySeconds: Number(delay ?? 300),
    loadBalancerArns: found.LoadBalancerArns ?? [],
  };
}

/** The inbound TCP rules of each group. */
export async function readIngress({ ec2 }: Aws, groupIds: string[]): Promise<Record<string, IngressRule[]>> {
  const rules: Record<string, IngressRule[]> = Object.fromEntries(groupIds.map((id) => [id, []]));
  if (groupIds.length === 0) return rules;
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: groupIds }] }),
  );
  for (const rule of SecurityGroupRules) {
    if (rule.IsEgress || !['tcp', '-1'].includes(rule.IpProtocol!)) continue;
    const isAll = rule.IpProtocol === '-1';
    rules[rule.GroupId!]?.push({
      fromPort: isAll ? 0 : rule.FromPort!,
      toPort: isAll ? 65535 : rule.ToPort!,
      cidrs: rule.CidrIpv4 ? [rule.CidrIpv4] : [],
      groupIds: rule.ReferencedGroupInfo?.GroupId ? [rule.ReferencedGroupInfo.GroupId] : [],
    });
  }
  return rules;
}

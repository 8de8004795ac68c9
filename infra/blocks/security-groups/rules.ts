import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { Construct } from 'constructs';

/** Who may come in: the members of a security group, or a range of addresses. */
export type TrafficSource = { group: string } | { cidr: string };

export interface PortRange {
  from: number;
  to: number;
}

export const singlePort = (number: number): PortRange => ({ from: number, to: number });

/** A security group that allows all egress, and no ingress until `allowIngress` adds it. */
export function createSecurityGroup(
  scope: Construct,
  id: string,
  name: string,
  vpcId: string,
  description: string,
): string {
  const group = new SecurityGroup(scope, id, { name, vpcId, description, tags: { Name: name } });
  new VpcSecurityGroupEgressRule(scope, `${id}-out`, {
    securityGroupId: group.id,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
    description: 'anywhere',
  });
  return group.id;
}

export function allowIngress(
  scope: Construct,
  id: string,
  into: string,
  source: TrafficSource,
  { from, to }: PortRange,
): void {
  new VpcSecurityGroupIngressRule(scope, id, {
    securityGroupId: into,
    ipProtocol: 'tcp',
    fromPort: from,
    toPort: to,
    ...('group' in source ? { referencedSecurityGroupId: source.group } : { cidrIpv4: source.cidr }),
  });
}

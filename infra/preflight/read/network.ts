import { DescribeSubnetsCommand, DescribeVpcAttributeCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import type { Aws } from '../../deploy/aws/clients.ts';
import type { ExistingNetwork } from '../../environments/settings/network.ts';
import type { VpcFacts } from '../facts.ts';

const tagFilters = (tags: Record<string, string> = {}) =>
  Object.entries(tags).map(([name, value]) => ({ Name: `tag:${name}`, Values: [value] }));

/** @returns undefined where no VPC, or more than one, has the id or tags */
export async function readVpc({ ec2 }: Aws, settings: ExistingNetwork): Promise<VpcFacts | undefined> {
  const { vpcId, vpcTags, subnetIds, subnetTags } = settings;
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand(vpcId ? { VpcIds: [vpcId] } : { Filters: tagFilters(vpcTags) }),
  );
  const [vpc] = Vpcs;
  if (!vpc || Vpcs.length > 1) return undefined;
  const id = vpc.VpcId!;
  const inVpc = { Name: 'vpc-id', Values: [id] };
  const wanted = subnetIds ? { SubnetIds: subnetIds } : { Filters: [inVpc, ...tagFilters(subnetTags)] };
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(wanted));
  const attribute = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ec2.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute }));
  return {
    id,
    cidr: vpc.CidrBlock!,
    dnsSupport: (await attribute('enableDnsSupport')).EnableDnsSupport?.Value === true,
    dnsHostnames: (await attribute('enableDnsHostnames')).EnableDnsHostnames?.Value === true,
    subnets: Subnets.map((it) => ({ id: it.SubnetId!, zone: it.AvailabilityZone! })),
  };
}

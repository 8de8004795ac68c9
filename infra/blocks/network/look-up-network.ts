import { DataAwsSubnets } from '@cdktf/provider-aws/lib/data-aws-subnets/index.js';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc/index.js';
import type { Construct } from 'constructs';
import type { ExistingNetwork } from '../../environments/settings/network.ts';
import type { Network } from './network.ts';

/** An id says more than tags: where both are given, the id is taken. */
export function lookUpNetwork(scope: Construct, settings: ExistingNetwork): Network {
  const { vpcId, vpcTags, subnetIds, subnetTags, publicSubnetIds } = settings;
  const vpc = new DataAwsVpc(scope, 'vpc', vpcId ? { id: vpcId } : { tags: vpcTags });
  const ids = subnetIds ?? subnetsByTags(scope, vpc.id, subnetTags ?? {});
  return {
    vpcId: vpc.id,
    vpcCidr: vpc.cidrBlock,
    publicSubnetIds: publicSubnetIds ?? ids,
    privateSubnetIds: ids,
    instanceSubnetIds: ids,
  };
}

/** By filters, since those take `*`. */
const subnetsByTags = (scope: Construct, vpcId: string, tags: Record<string, string>): string[] =>
  new DataAwsSubnets(scope, 'subnets', {
    filter: [
      { name: 'vpc-id', values: [vpcId] },
      ...Object.entries(tags).map(([name, value]) => ({ name: `tag:${name}`, values: [value] })),
    ],
  }).ids;

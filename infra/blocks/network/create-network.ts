import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewNetwork } from '../../environments/settings/network.ts';
import { createFlowLogs } from './flow-logs.ts';
import type { Network } from './network.ts';
import { createPrivateRoutes, createPublicRoutes } from './routes.ts';

/** Public subnets take the first /20 ranges of the VPC, private ones those from the eighth on, so that zones can be added. */
export function createNetwork(
  scope: Construct,
  environment: Environment,
  { cidr, zones, nat, flowLogDays }: NewNetwork,
): Network {
  const { prefix, region } = environment;
  const vpc = new Vpc(scope, 'vpc', {
    cidrBlock: cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: prefix },
  });
  if (flowLogDays > 0) createFlowLogs(scope, environment, vpc.id, flowLogDays);
  const available = new DataAwsAvailabilityZones(scope, 'zones', {
    state: 'available',
    filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
  });
  const gateway = new InternetGateway(scope, 'internet', { vpcId: vpc.id, tags: { Name: prefix } });
  const subnet = (kind: 'public' | 'private', zone: number) =>
    new Subnet(scope, `${kind}-${zone}`, {
      vpcId: vpc.id,
      cidrBlock: Fn.cidrsubnet(cidr, 4, kind === 'public' ? zone : zone + 8),
      availabilityZone: Fn.element(available.names, zone) as string,
      mapPublicIpOnLaunch: kind === 'public',
      tags: { Name: `${prefix}-${kind}-${zone}` },
    });
  const each = Array.from({ length: zones }, (_, zone) => zone);
  const publicSubnets = each.map((zone) => subnet('public', zone));
  const privateSubnets = each.map((zone) => subnet('private', zone));
  const tables = [
    createPublicRoutes(scope, prefix, vpc, gateway, publicSubnets),
    ...createPrivateRoutes(scope, prefix, vpc, nat, publicSubnets, privateSubnets),
  ];
  new VpcEndpoint(scope, 's3', {
    vpcId: vpc.id,
    serviceName: `${region.startsWith('cn-') ? 'cn.' : ''}com.amazonaws.${region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: tables.map(({ id }) => id),
    tags: { Name: `${prefix}-s3` },
  });
  const publicSubnetIds = publicSubnets.map(({ id }) => id);
  const privateSubnetIds = privateSubnets.map(({ id }) => id);
  return {
    vpcId: vpc.id,
    vpcCidr: cidr,
    publicSubnetIds,
    privateSubnetIds,
    instanceSubnetIds: nat === 'none' ? publicSubnetIds : privateSubnetIds,
  };
}

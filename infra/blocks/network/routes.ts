import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import type { Construct } from 'constructs';
import type { NewNetwork } from '../../environments/settings/network.ts';

const EVERYWHERE = '0.0.0.0/0';

function table(scope: Construct, name: string, prefix: string, vpc: Vpc, subnets: Subnet[]): RouteTable {
  const routeTable = new RouteTable(scope, `${name}-routes`, { vpcId: vpc.id, tags: { Name: `${prefix}-${name}` } });
  for (const [index, subnet] of subnets.entries())
    new RouteTableAssociation(scope, `${name}-${index}-association`, {
      subnetId: subnet.id,
      routeTableId: routeTable.id,
    });
  return routeTable;
}

export function createPublicRoutes(
  scope: Construct,
  prefix: string,
  vpc: Vpc,
  gateway: InternetGateway,
  subnets: Subnet[],
): RouteTable {
  const routeTable = table(scope, 'public', prefix, vpc, subnets);
  new Route(scope, 'public-way-out', {
    routeTableId: routeTable.id,
    destinationCidrBlock: EVERYWHERE,
    gatewayId: gateway.id,
  });
  return routeTable;
}

/** One table a zone, so that a zone's traffic stays there where it has a NAT of its own. */
export function createPrivateRoutes(
  scope: Construct,
  prefix: string,
  vpc: Vpc,
  nat: NewNetwork['nat'],
  publicSubnets: Subnet[],
  privateSubnets: Subnet[],
): RouteTable[] {
  const count = { 'per-zone': publicSubnets.length, one: 1, none: 0 }[nat];
  const gateways = publicSubnets.slice(0, count).map((subnet, zone) => {
    const address = new Eip(scope, `nat-${zone}-address`, { domain: 'vpc', tags: { Name: `${prefix}-nat-${zone}` } });
    return new NatGateway(scope, `nat-${zone}`, {
      subnetId: subnet.id,
      allocationId: address.id,
      tags: { Name: `${prefix}-${zone}` },
    });
  });
  return privateSubnets.map((subnet, zone) => {
    const routeTable = table(scope, `private-${zone}`, prefix, vpc, [subnet]);
    const natGateway = gateways[zone] ?? gateways[0];
    if (natGateway)
      new Route(scope, `private-${zone}-way-out`, {
        routeTableId: routeTable.id,
        destinationCidrBlock: EVERYWHERE,
        natGatewayId: natGateway.id,
      });
    return routeTable;
  });
}

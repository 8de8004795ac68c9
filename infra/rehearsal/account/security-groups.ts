import type { IpPermission } from '@aws-sdk/client-ec2';
import { BlockList } from 'node:net';

/** Where a connection comes from: the address that its destination sees, and the groups of its network interface. */
export interface Source {
  address: string;
  /** None where the connection has left the VPC: a public address is a member of no group. */
  groups: string[];
}

/** Whether one of a destination's groups admits a connection. Source: Amazon VPC user guide, "Security group rules". */
export const admits = (permissions: IpPermission[], port: number, { address, groups }: Source): boolean =>
  permissions.some(
    ({ IpProtocol, FromPort = 0, ToPort = 65535, UserIdGroupPairs = [], IpRanges = [] }) =>
      (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort)) &&
      (UserIdGroupPairs.some(({ GroupId }) => groups.includes(GroupId!)) ||
        IpRanges.some(({ CidrIp }) => contains(CidrIp!, address))),
  );

/** @param range such as `10.0.0.0/16` */
export function contains(range: string, address: string): boolean {
  const [network = '', prefix = '32'] = range.split('/');
  if (prefix === '0') return true;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix));
  return list.check(address);
}

/**
 * What a load balancer sees of a task that connects to it. An internet-facing one has public addresses, also for whom is
 * inside the VPC: the request leaves with the public address of the instance or its NAT gateway.
 */
export const sourceSeenBy = (
  scheme: string | undefined,
  from: { privateAddress: string; publicAddress?: string; natAddress?: string; groups: string[] },
): Source | undefined => {
  if (scheme === 'internal') return { address: from.privateAddress, groups: from.groups };
  const address = from.publicAddress ?? from.natAddress;
  // Without either there is no way out of the VPC.
  return address === undefined ? undefined : { address, groups: [] };
};

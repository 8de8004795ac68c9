export interface Network {
  vpcId: string;
  vpcCidr: string;
  /** Where a public load balancer stands. */
  publicSubnetIds: string[];
  /** Where an internal load balancer, a database and tasks with an address of their own stand. */
  privateSubnetIds: string[];
  /** Where the cluster's instances stand: in the public ones where there is no NAT. */
  instanceSubnetIds: string[];
}

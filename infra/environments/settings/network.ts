/** A VPC of our own: public and private subnets in each zone, and a gateway endpoint for S3, which holds the images' layers. */
export class NewNetwork {
  readonly from = 'create';
  /** The VPC's range, a /16: each zone takes a /20 of it for its public and one for its private subnet. */
  cidr = '10.20.0.0/16';
  /** Availability zones, 2 to 4: a load balancer wants two. */
  zones = 2;
  /** `none`: instances stand in the public subnets with public addresses; the cheapest, and no way in but the load balancer. */
  nat: 'per-zone' | 'one' | 'none' = 'one';
  /** Days that rejected connections are kept in CloudWatch Logs; 0: they are not logged. */
  flowLogDays = 0;
}

/** An existing VPC: looked up by id, else by tags. */
export class ExistingNetwork {
  readonly from = 'existing';
  vpcId?: string;
  vpcTags?: Record<string, string>;
  /** Where tasks with an address of their own, and what we create beside them, are placed. */
  subnetIds?: string[];
  subnetTags?: Record<string, string>;
  /** Where a public load balancer is placed. Default: the same subnets. */
  publicSubnetIds?: string[];
}

export type NetworkSettings = NewNetwork | ExistingNetwork;

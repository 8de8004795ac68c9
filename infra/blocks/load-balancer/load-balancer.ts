import type { ServiceName } from '../../environments/environment.ts';
import type { Zone } from '../dns/zone.ts';

/** What stands before a service, by the names that metrics know it by. */
export interface TargetGroup {
  arn: string;
  arnSuffix: string;
  loadBalancerArnSuffix: string;
}

export interface LoadBalancer {
  /** How the world reaches the gateway. */
  url: string;
  /** Of the public one; the URL's own name, where it has one, points to it. */
  dnsName: string;
  /** How the gateway reaches the API: always by the load balancer's own name. */
  apiUrl: string;
  targetGroups: Record<ServiceName, TargetGroup>;
}

/** What was made for a domain before the load balancer. */
export interface LoadBalancerDns {
  zone: Zone | undefined;
  certificateArn: string;
}

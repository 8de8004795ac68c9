import type { ServiceName } from '../../environments/environment.ts';

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

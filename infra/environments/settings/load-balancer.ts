import { healthCheck, keepAlive, shutdown } from '#runtime';

/** What `instance` and `ip` mean for the network mode of the tasks: see `networkModeOf`. */
export type TargetType = 'instance' | 'ip';

/** A public load balancer for the gateway, an internal one for the API. */
export class NewLoadBalancer {
  readonly from = 'create';
  targetType: TargetType = 'ip';
  /** With it: 443, and a redirect from 80. Without: 80 only, and a warning. */
  certificateArn?: string;
  /** The name that the certificate is for, for the URL in the output. Default: the load balancer's own. */
  domainName?: string;
  /** Says that plain HTTP is meant, where an environment is for production. */
  plainHttpAccepted = false;
  /** Who may reach the public load balancer. */
  allowedCidrs: string[] = ['0.0.0.0/0'];
  deletionProtection = true;
  /** Days that access logs are kept; 0: none are written. */
  accessLogDays = 30;
  idleSeconds: number = keepAlive.loadBalancerIdleSeconds;
  deregistrationDelaySeconds: number = shutdown.deregistrationDelaySeconds;
  healthCheck: Omit<typeof healthCheck, 'gracePeriodSeconds'> = healthCheck;
  /** At most 32 characters each. Default: the environment's prefix and the service. */
  targetGroups?: { api: string; gateway: string };
}

/** One load balancer that somebody else made, with a target group for each service. */
export class ExistingLoadBalancer {
  readonly from = 'existing';
  name = 'stockroom';
  targetGroups: { api: string; gateway: string } = { api: 'stockroom-api', gateway: 'stockroom-gateway' };
  targetType: TargetType = 'instance';
  /** The listener that the world reaches; it must be there. */
  publicPort = 80;
  /** Whether that listener speaks TLS. */
  https = false;
  /** Of our rule on it, 1 to 50000; must be free. */
  rulePriority = 100;
  /** A listener of ours, through which the gateway reaches the API; must be free. */
  apiPort = 3000;
}

export type LoadBalancerSettings = NewLoadBalancer | ExistingLoadBalancer;

import { healthCheck, keepAlive, shutdown } from '#runtime';

/** What `instance` and `ip` mean for the network mode of the tasks: see `networkModeOf`. */
export type TargetType = 'instance' | 'ip';

/** A public load balancer for the gateway, an internal one for the API. */
export class NewLoadBalancer {
  readonly from = 'create';
  targetType: TargetType = 'ip';
  /** An existing certificate. Default: ACM issues one for `domainName`; without that there is plain HTTP, and a warning. */
  certificateArn?: string;
  /** The public host name; required with a certificate. Default: the load balancer's own name. */
  domainName?: string;
  /**
   * Who makes the DNS records: with `elsewhere` a person does, by what the deploy command prints; with `existing` they go
   * into the Route 53 zone `dnsZone`; with `create` into a new zone of that name.
   */
  dns: 'elsewhere' | 'existing' | 'create' = 'elsewhere';
  dnsZone?: string;
  /** AWS WAF: the managed common rules, and a limit for each client address. */
  waf = false;
  /** 10 or more. An office behind one address may send this many, too. */
  wafRequestsPerFiveMinutes = 10_000;
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

/** An existing load balancer with a target group for each service. */
export class ExistingLoadBalancer {
  readonly from = 'existing';
  name = 'stockroom';
  targetGroups: { api: string; gateway: string } = { api: 'stockroom-api', gateway: 'stockroom-gateway' };
  targetType: TargetType = 'instance';
  /** The port of the existing public listener. */
  publicPort = 80;
  /** Whether that listener uses TLS. */
  https = false;
  /** Of our rule on it, 1 to 50000; must be free. */
  rulePriority = 100;
  /**
   * How the gateway reaches the API: `create` adds a listener on `apiPort`, which must be free; `existing` adds a rule to
   * the listener on `apiPort`; `shared` adds a rule to the public listener, which forwards what comes from `apiSources`.
   */
  apiListener: 'create' | 'existing' | 'shared' = 'create';
  apiPort = 3000;
  /** Of the first of our rules for the API; must be free, and below `rulePriority` where the listener is shared. */
  apiRulePriority = 90;
  /**
   * The public addresses of the instances or of their NAT gateways, as CIDR ranges: a public load balancer's name resolves
   * to public addresses inside the VPC, too, so the gateway's requests come from there. Others get 403.
   * Default: all sources are admitted, and the API believes the load balancer alone about a client's address.
   */
  apiSources: string[] = [];
}

/** A listener rule accepts at most five values in its conditions. */
export const SOURCES_PER_RULE = 5;

/** How many rules forward to the API; a listener that is created for it needs none where every source is admitted. */
export const apiRuleCount = ({ apiListener, apiSources }: ExistingLoadBalancer): number =>
  apiSources.length > 0 ? Math.ceil(apiSources.length / SOURCES_PER_RULE) : apiListener === 'existing' ? 1 : 0;

export type LoadBalancerSettings = NewLoadBalancer | ExistingLoadBalancer;

/** Whether clients connect with TLS: by an existing certificate, or by one that ACM issues for the domain. */
export const usesTls = ({ certificateArn, domainName }: NewLoadBalancer): boolean =>
  certificateArn !== undefined || domainName !== undefined;

/** Whether a zone is looked up or created, or a certificate requested. */
export const needsDnsStack = ({ certificateArn, domainName, dns }: NewLoadBalancer): boolean =>
  domainName !== undefined && (certificateArn === undefined || dns !== 'elsewhere');

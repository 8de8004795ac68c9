import type { ServiceName } from '../environments/environment.ts';

/** What AWS returned: the thing, `missing` where it does not exist, or why it could not be read. */
export type Fact<T> = { value: T } | { missing: true } | { unreadable: string };

export interface VpcFacts {
  id: string;
  cidr: string;
  dnsSupport: boolean;
  dnsHostnames: boolean;
  subnets: { id: string; zone: string }[];
}

export interface InstanceFacts {
  id: string;
  status: string;
  agentConnected: boolean;
  attributes: string[];
  architecture: string;
  zone: string;
  publicAddress?: string;
  securityGroupIds: string[];
  /** What other services leave: our own tasks are not subtracted. */
  available: { cpu: number; memoryMiB: number; networkInterfaces: number };
}

export interface ClusterFacts {
  status: string;
  capacityProviders: string[];
  /** The instance that has the data of our container database. */
  databaseInstanceId?: string;
  instances: InstanceFacts[];
}

export interface ListenerFacts {
  port: number;
  protocol: string;
  /** `default` as the priority of the default action. */
  rules: { priority: string; targetGroupArns: string[] }[];
}

export interface LoadBalancerFacts {
  arn: string;
  dnsName: string;
  isInternetFacing: boolean;
  vpcId: string;
  securityGroupIds: string[];
  listeners: ListenerFacts[];
}

export interface TargetGroupFacts {
  arn: string;
  vpcId: string;
  type: string;
  protocol: string;
  port: number;
  healthPath: string;
  matcher: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  deregistrationDelaySeconds: number;
  loadBalancerArns: string[];
}

export interface IngressRule {
  fromPort: number;
  toPort: number;
  cidrs: string[];
  groupIds: string[];
}

export interface RoleFacts {
  arn: string;
  /** Whether tasks of ECS may assume it. */
  trustsTasks: boolean;
  /** What the simulated role may not call, as `action on resource`. Undefined: it needs no permission. */
  denied?: Fact<string[]>;
}

export interface MachineFacts {
  /** Of the Docker engine, such as `amd64`. */
  dockerArchitecture?: string;
  freeGiB: number;
}

/** Everything that the rules look at. Undefined: the environment does not use it. */
export interface Facts {
  identity: Fact<{ account: string; arn: string }>;
  zones: Fact<string[]>;
  /** Elastic IP addresses: the quota, and those in use. */
  addresses: Fact<{ limit: number; used: number }>;
  /** VPCs in the region: the quota, and those of others. */
  vpcs?: Fact<{ limit: number; used: number }>;
  /** On-demand vCPUs of the standard instance families that may run at once. */
  vcpuLimit: Fact<number>;
  /** Of a new account, which has a credit in place of a bill: the free plan refuses what it does not include. */
  plan?: Fact<'FREE' | 'PAID'>;
  /** The versions of PostgreSQL that Aurora offers in the region. */
  auroraVersions?: Fact<string[]>;
  machine: MachineFacts;
  vpc?: Fact<VpcFacts>;
  cluster?: Fact<ClusterFacts>;
  loadBalancer?: Fact<LoadBalancerFacts>;
  targetGroups?: Record<ServiceName, Fact<TargetGroupFacts>>;
  /** By security group id. */
  ingress: Fact<Record<string, IngressRule[]>>;
  repositories?: Record<ServiceName, Fact<string>>;
  roles?: Record<'task' | 'execution', Fact<RoleFacts>>;
  /** Names of our secrets that are in their recovery window. */
  deletedSecrets: Fact<string[]>;
}

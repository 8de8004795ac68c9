/** An ECS cluster on instances of our own, grown and shrunk by ECS itself. */
export class NewCluster {
  readonly from = 'create';
  /** The first is what sizes are computed with; the others, of at least its size, are taken where it is not to be had. */
  instanceTypes: string[] = ['t3.small'];
  minInstances = 2;
  /** Default: what all services need at their maximum during a rolling deployment. */
  maxInstances?: number;
  /**
   * Days after which an instance is replaced, so that each one gets the newest machine image; 0: never. 1 to 365.
   * An instance refresh replaces all of them when the launch template changes.
   */
  maxInstanceDays = 30;
  /**
   * Which share of the instances has tasks. Below 100, ECS keeps a reserve: with tasks on both of two instances, 90 keeps a
   * third one running, which is paid for, and which a new account's quota of 5 vCPUs may not admit.
   */
  targetCapacityPercent = 100;
  /** Share of the instances above the minimum that are Spot, 0 to 100. */
  spotPercent = 0;
  /** The root volume, encrypted gp3. */
  volumeGiB = 30;
  /**
   * More network interfaces for awsvpc tasks, only on instance types that can. The deploy command enables this setting of the
   * account and never disables it, since other clusters may rely on it.
   */
  eniTrunking = false;
  containerInsights = false;
  /** Hops that an answer of the instance metadata may take. 1 keeps containers away from the instance's role in both network modes. */
  metadataHopLimit = 1;
}

export class ExistingCluster {
  readonly from = 'existing';
  name = 'stockroom';
  /** Default: the launch type EC2. */
  capacityProvider?: string;
  /** What the cluster runs on, so that it can be computed beforehand whether everything fits. */
  instanceType = 't2.micro';
  instanceCount = 2;
  /** Whether the instances have the attribute `ecs.capability.selinux` or `ecs.capability.apparmor`, which `dockerSecurityOptions` needs. */
  securityOptions = false;
}

export type ClusterSettings = NewCluster | ExistingCluster;

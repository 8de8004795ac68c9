import type { ITerraformDependable } from 'cdktf';

export interface Cluster {
  name: string;
  arn: string;
  /** Undefined: the launch type EC2. */
  capacityProvider?: string;
  /** What a service must wait for, and be destroyed before: without the instances' rights its tasks could not drain. */
  dependencies: ITerraformDependable[];
}

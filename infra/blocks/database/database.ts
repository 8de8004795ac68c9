import type { Cluster } from '../cluster/cluster.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';

export interface Database {
  /** Of the secrets that the references below lead to. */
  secretArns: string[];
  /** What a container's secret with the `postgres://` URL refers to: a secret, or one version where passwords are rotated. */
  urlReference: string;
  /** With the schema owner's URL, for the migration task. Undefined: one role for both. */
  ownerUrlReference?: string | undefined;
  /** With the URL of a read replica. Undefined: there is none. */
  readUrlReference?: string | undefined;
  /** What the API is told as `DATABASE_TLS`. */
  tls: 'verify' | 'off';
}

export interface DatabaseContext {
  network: Network;
  securityGroups: SecurityGroups;
  cluster: Cluster;
  alarmTopicArn: string;
}

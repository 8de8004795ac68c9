import type { Cluster } from '../cluster/cluster.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';

export interface Database {
  /** Of the secret that holds the `postgres://` URL. */
  urlSecretArn: string;
  /** Of the one with the schema owner's URL, for the migration task. Undefined: one role for both. */
  ownerUrlSecretArn?: string | undefined;
  /** What a container's secret refers to: the secrets above, where passwords are rotated in one version. */
  urlReference: string;
  ownerUrlReference?: string | undefined;
  /** What the API is told as `DATABASE_TLS`. */
  tls: 'verify' | 'off';
}

export interface DatabaseContext {
  network: Network;
  securityGroups: SecurityGroups;
  cluster: Cluster;
  alarmTopicArn: string;
}

import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Firewall } from '../firewall/firewall.ts';
import type { Network } from '../network/network.ts';
import { containerDatabase } from './container-database.ts';
import { createDatabase } from './create-database.ts';

export interface Database {
  /** Of the secret that holds the `postgres://` URL. */
  urlSecretArn: string;
  /** What the API is told as `DATABASE_TLS`. */
  tls: 'verify' | 'off';
}

export interface DatabasePlace {
  network: Network;
  firewall: Firewall;
  cluster: Cluster;
  alarmTopicArn: string;
}

export function database(scope: Construct, environment: Environment, place: DatabasePlace): Database {
  const settings = environment.database;
  switch (settings.from) {
    case 'create':
      return createDatabase(scope, environment, settings, place);
    case 'container':
      return containerDatabase(scope, environment, settings, place);
    case 'existing':
      return { urlSecretArn: settings.urlSecretArn!, tls: settings.tls };
  }
}

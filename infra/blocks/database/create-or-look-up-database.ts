import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { secretArnsOf } from '../../environments/settings/database.ts';
import { createAuroraDatabase } from './create-aurora-database.ts';
import { createContainerDatabase } from './container-database.ts';
import { createDatabase } from './create-database.ts';
import type { Database, DatabaseContext } from './database.ts';

export function createOrLookUpDatabase(scope: Construct, environment: Environment, place: DatabaseContext): Database {
  const settings = environment.database;
  switch (settings.from) {
    case 'create':
      return createDatabase(scope, environment, settings, place);
    case 'aurora':
      return createAuroraDatabase(scope, environment, settings, place);
    case 'container':
      return createContainerDatabase(scope, environment, settings, place);
    case 'existing':
      return {
        secretArns: secretArnsOf(settings),
        urlReference: settings.urlSecretArn!,
        ownerUrlReference: settings.ownerUrlSecretArn,
        readUrlReference: settings.readUrlSecretArn,
        tls: settings.tls,
      };
  }
}

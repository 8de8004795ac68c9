import type { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import type { Construct } from 'constructs';
import { type Environment, networkMode } from '../../environments/environment.ts';
import { smokeEmail } from '../../environments/names.ts';
import type { Database } from '../database/database.ts';
import type { TaskRoles } from '../roles/roles.ts';
import { appContainer } from './app-container.ts';
import { createTaskDefinition } from './task-definition.ts';
import { apiConfiguration, type SecretArns } from './service-configuration.ts';

export interface MigrationTaskOptions {
  image: string;
  database: Database;
  secrets: SecretArns;
  roles: TaskRoles;
  publicUrl: string;
}

/** The API's image with another command: run once per deployment, before the services change. */
export function createMigrationTask(
  scope: Construct,
  environment: Environment,
  { image, database, secrets, roles, publicUrl }: MigrationTaskOptions,
): EcsTaskDefinition {
  const configuration = apiConfiguration(environment, database, secrets, publicUrl);
  // The account of the smoke test: it may write where nothing is kept that people need.
  Object.assign(configuration.environment, {
    SMOKE_EMAIL: smokeEmail,
    SMOKE_ROLE: environment.production ? 'viewer' : 'admin',
  });
  configuration.secrets.SMOKE_PASSWORD = secrets.smokePassword;
  if (database.ownerUrlReference) configuration.secrets.MIGRATION_DATABASE_URL = database.ownerUrlReference;
  const api = appContainer(environment, 'api', { image, ...configuration });
  return createTaskDefinition(
    scope,
    environment,
    networkMode(environment),
    { ...api, name: 'migrate', command: ['migrate'], port: undefined, healthCommand: undefined },
    roles,
  );
}

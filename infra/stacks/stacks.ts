import type { App } from 'cdktf';
import type { Environment } from '../environments/environment.ts';
import { validate } from '../validation/validate.ts';
import { platformStack } from './platform.ts';
import { registryStack } from './registry.ts';
import { servicesStack } from './services.ts';

/**
 * An environment's stacks, in the order in which they are deployed.
 * @throws InvalidEnvironmentError before anything is synthesised
 */
export function stacks(app: App, environment: Environment): void {
  validate(environment);
  const registry = registryStack(app, environment);
  const platform = platformStack(app, environment);
  if (registry) platform.stack.addDependency(registry);
  servicesStack(app, environment, platform);
}

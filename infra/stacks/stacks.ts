import type { App } from 'cdktf';
import type { Environment } from '../environments/environment.ts';
import { validate } from '../validation/validate.ts';
import { createDnsStack } from './dns.ts';
import { createPipelineStack } from './pipeline.ts';
import { createPlatformStack } from './platform.ts';
import { createRegistryStack } from './registry.ts';
import { createServicesStack } from './services.ts';

/**
 * An environment's stacks, in the order in which they are deployed.
 * @throws InvalidEnvironmentError before anything is synthesised
 */
export function createStacks(app: App, environment: Environment): void {
  validate(environment);
  const registry = createRegistryStack(app, environment);
  const dns = createDnsStack(app, environment);
  const platform = createPlatformStack(app, environment, dns);
  if (registry) platform.stack.addDependency(registry);
  if (dns) platform.stack.addDependency(dns.stack);
  createServicesStack(app, environment, platform);
  createPipelineStack(app, environment);
}

import type { App, TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment.ts';
import { createRegistry } from '../blocks/registry/registry.ts';
import { outputs, stack } from './stack.ts';

/** First of all: an image must be there before its service can become steady. Undefined where repositories are looked up. */
export function registryStack(app: App, environment: Environment): TerraformStack | undefined {
  const { registry } = environment;
  if (registry.from === 'existing') return undefined;
  const made = stack(app, environment, 'registry');
  const urls = createRegistry(made, environment, registry);
  outputs(made, { api_repository: urls.api, gateway_repository: urls.gateway });
  return made;
}

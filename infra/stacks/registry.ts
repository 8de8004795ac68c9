import type { App, TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment.ts';
import { createRepositories } from '../blocks/registry/registry.ts';
import { addOutputs, createStack } from './stack.ts';

/** First of all: an image must be there before its service can become steady. Undefined where repositories are looked up. */
export function createRegistryStack(app: App, environment: Environment): TerraformStack | undefined {
  const { registry } = environment;
  if (registry.from === 'existing') return undefined;
  const stack = createStack(app, environment, 'registry');
  const urls = createRepositories(stack, environment, registry);
  addOutputs(stack, { api_repository: urls.api, gateway_repository: urls.gateway });
  return stack;
}

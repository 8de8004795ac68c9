import type { App } from 'cdktf';
import { createPipelineRoles } from '../blocks/pipeline/pipeline-roles.ts';
import type { Environment } from '../environments/environment.ts';
import { addOutputs, createStack } from './stack.ts';

/** The roles of a pipeline. An administrator deploys them, since a pipeline must not change its own permissions. */
export function createPipelineStack(app: App, environment: Environment): void {
  const { pipeline } = environment;
  if (!pipeline) return;
  const stack = createStack(app, environment, 'pipeline');
  const { deploy, plan } = createPipelineRoles(stack, environment, pipeline);
  addOutputs(stack, { deploy_role: deploy, plan_role: plan });
}

import { serviceNames } from '../../environments/environment.ts';
import { clusterName, serviceName } from '../../environments/names.ts';
import { deploymentIds, redeployFailed } from '../aws/redeploy.ts';
import type { Deployment } from '../deployment.ts';
import type { Outputs } from '../local/cdktf.ts';
import { cdktf, stackId, type StackName } from './stack.ts';
import { explainStateLock } from './state-lock.ts';
import { askedOf, awaitServices } from './steady.ts';
import type { OnProgress, Step } from './step.ts';

/** First of all: an image must be there before its service can become steady. */
export const registry: Step = {
  title: 'Registry',
  skip: ({ environment }) => (environment.registry.from === 'existing' ? 'its repositories are there' : undefined),
  run: async (deployment, onProgress) => {
    await deployStack(deployment, 'registry', onProgress);
  },
};

export const platform: Step = {
  title: 'Platform',
  run: async (deployment, onProgress) => {
    const { environment } = deployment;
    const hasDatabaseService = environment.database.from === 'container';
    const asked = hasDatabaseService ? { [serviceName(environment, 'database')]: undefined } : {};
    deployment.platform = await deployServices(deployment, 'platform', Object.keys(asked), () => asked, onProgress);
    if (hasDatabaseService) await awaitServices(deployment, clusterName(environment), asked, onProgress);
  },
};

export const services: Step = {
  title: 'Services',
  run: async (deployment, onProgress) => {
    const { environment } = deployment;
    const names = serviceNames.map((name) => serviceName(environment, name));
    deployment.services = await deployServices(
      deployment,
      'services',
      names,
      (outputs) => askedOf(environment, outputs),
      onProgress,
    );
  },
};

/** A stack with services of ECS; those that stood at FAILED before, and that it does not change, are deployed anew. */
async function deployServices(
  deployment: Deployment,
  stack: StackName,
  names: string[],
  askedBy: (outputs: Outputs) => Record<string, string | undefined>,
  onProgress: OnProgress,
): Promise<Outputs> {
  const { aws, environment } = deployment;
  const cluster = clusterName(environment);
  if (names.length === 0) return deployStack(deployment, stack, onProgress);
  const before = await deploymentIds(aws, cluster, names);
  const outputs = await deployStack(deployment, stack, onProgress);
  await redeployFailed(aws, cluster, askedBy(outputs), before, onProgress);
  return outputs;
}

export const deployStack = (deployment: Deployment, stack: StackName, onProgress: OnProgress): Promise<Outputs> =>
  explainStateLock(deployment, () => cdktf(deployment, onProgress).deploy(stackId(deployment.environment, stack)));

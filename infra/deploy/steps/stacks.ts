import { clusterName, serviceName } from '../../environments/names.ts';
import { cdktf, stackId } from './stack.ts';
import { awaitServices } from './steady.ts';
import type { Step } from './step.ts';

/** First of all: an image must be there before its service can become steady. */
export const registry: Step = {
  title: 'Registry',
  skip: ({ environment }) => (environment.registry.from === 'existing' ? 'its repositories are there' : undefined),
  run: async (deployment, onProgress) => {
    await cdktf(deployment, onProgress).deploy(stackId(deployment.environment, 'registry'));
  },
};

export const platform: Step = {
  title: 'Platform',
  run: async (deployment, onProgress) => {
    const { environment } = deployment;
    deployment.platform = await cdktf(deployment, onProgress).deploy(stackId(environment, 'platform'));
    if (environment.database.from === 'container')
      await awaitServices(
        deployment,
        clusterName(environment),
        { [serviceName(environment, 'database')]: undefined },
        onProgress,
      );
  },
};

export const services: Step = {
  title: 'Services',
  run: async (deployment, onProgress) => {
    const { environment } = deployment;
    deployment.services = await cdktf(deployment, onProgress).deploy(stackId(environment, 'services'));
  },
};

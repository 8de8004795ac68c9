import { clusterName, serviceName } from '../../environments/names.ts';
import { cdktf, stackId } from './stack.ts';
import { awaitServices } from './steady.ts';
import type { Step } from './step.ts';

/** First of all: an image must be there before its service can become steady. */
export const registry: Step = {
  title: 'Registry',
  skip: ({ environment }) => (environment.registry.from === 'existing' ? 'its repositories are there' : undefined),
  run: async (deployment, say) => {
    await cdktf(deployment, say).deploy(stackId(deployment.environment, 'registry'));
  },
};

export const platform: Step = {
  title: 'Platform',
  run: async (deployment, say) => {
    const { environment } = deployment;
    deployment.platform = await cdktf(deployment, say).deploy(stackId(environment, 'platform'));
    if (environment.database.from === 'container')
      await awaitServices(
        deployment,
        clusterName(environment),
        { [serviceName(environment, 'database')]: undefined },
        say,
      );
  },
};

export const services: Step = {
  title: 'Services',
  run: async (deployment, say) => {
    const { environment } = deployment;
    deployment.services = await cdktf(deployment, say).deploy(stackId(environment, 'services'));
  },
};

import { logGroupName, serviceName } from '../../environments/names.ts';
import { autopsy } from '../aws/autopsy.ts';
import { RolloutError, untilSteady } from '../aws/rollout.ts';
import type { Deployment } from '../deployment.ts';
import type { Say, Step } from './step.ts';

/** @throws with the events and the last log lines of what failed */
export async function awaitServices(
  { aws, environment }: Deployment,
  cluster: string,
  asked: Record<string, string | undefined>,
  say: Say,
): Promise<void> {
  try {
    await untilSteady(aws, cluster, asked, say);
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    const container = error.service.serviceName!.slice(environment.prefix.length + 1);
    const lines = await autopsy(aws, cluster, error.service, container, logGroupName(environment, container));
    throw new Error([error.message, ...lines].join('\n  '), { cause: error });
  }
}

export const steady: Step = {
  title: 'Steady',
  run: async (deployment, say) => {
    const { environment, services } = deployment;
    const asked = {
      [serviceName(environment, 'api')]: services.api_task,
      [serviceName(environment, 'gateway')]: services.gateway_task,
    };
    await awaitServices(deployment, services.cluster!, asked, say);
  },
};

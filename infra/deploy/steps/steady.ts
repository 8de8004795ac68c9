import { logGroupName, serviceName } from '../../environments/names.ts';
import { failureReport } from '../aws/failure-report.ts';
import { RolloutError, waitUntilSteady } from '../aws/rollout.ts';
import type { Deployment } from '../deployment.ts';
import type { OnProgress, Step } from './step.ts';

/** @throws with the events and the last log lines of what failed */
export async function awaitServices(
  { aws, environment }: Deployment,
  cluster: string,
  asked: Record<string, string | undefined>,
  onProgress: OnProgress,
): Promise<void> {
  try {
    await waitUntilSteady(aws, cluster, asked, onProgress);
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    const container = error.service.serviceName!.slice(environment.prefix.length + 1);
    const lines = await failureReport(aws, cluster, error.service, container, logGroupName(environment, container));
    throw new Error([error.message, ...lines].join('\n  '), { cause: error });
  }
}

export const steady: Step = {
  title: 'Steady',
  run: async (deployment, onProgress) => {
    const { environment, services } = deployment;
    const asked = {
      [serviceName(environment, 'api')]: services.api_task,
      [serviceName(environment, 'gateway')]: services.gateway_task,
    };
    await awaitServices(deployment, services.cluster!, asked, onProgress);
  },
};

import { type Environment, serviceNames } from '../../environments/environment.ts';
import { logGroupName, serviceName } from '../../environments/names.ts';
import { failureReport } from '../aws/failure-report.ts';
import { RolloutError, waitUntilSteady } from '../aws/rollout.ts';
import type { Deployment } from '../deployment.ts';
import type { Outputs } from '../local/cdktf.ts';
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

/** Service name → the task definition that it shall run, by the outputs of the services' stack. */
export const askedOf = (environment: Environment, outputs: Outputs): Record<string, string | undefined> =>
  Object.fromEntries(serviceNames.map((name) => [serviceName(environment, name), outputs[`${name}_task`]]));

export const steady: Step = {
  title: 'Steady',
  run: async (deployment, onProgress) => {
    const { environment, services } = deployment;
    await awaitServices(deployment, services.cluster!, askedOf(environment, services), onProgress);
  },
};

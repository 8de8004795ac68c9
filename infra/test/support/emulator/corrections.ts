import type { RolloutState } from './rollouts.ts';
import type { Services } from './services.ts';

/** How ECS fares in a test: what moto, which runs nothing, cannot know. */
export interface EcsOutcome {
  /** Where tasks run. */
  instanceId: string;
  /** Of every task that ends. */
  exitCode: number;
  /** Of each deployment of a service that begins from now on. FAILED returns to the last completed one, if there is one. */
  rolloutState: RolloutState;
}

/** Makes of an response of moto's what ECS would say. */
export function correctEcsResponse(body: string, outcome: EcsOutcome, services: Services): string {
  const response = JSON.parse(body);
  for (const service of [...(response.services ?? []), ...(response.service ? [response.service] : [])]) {
    services.complete(service);
    // moto says it of services in bridge mode, AWS does not, and the provider's reading of a service crashes on it.
    if (Object.keys(service.networkConfiguration ?? {}).length === 0) delete service.networkConfiguration;
  }
  for (const task of response.tasks ?? [])
    for (const container of task.containers ?? []) container.exitCode = outcome.exitCode;
  return JSON.stringify(response);
}

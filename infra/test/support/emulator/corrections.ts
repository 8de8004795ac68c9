import type { Services } from './services.ts';

/** How ECS fares in a test: what moto, which runs nothing, cannot know. */
export interface Fate {
  /** Where tasks run. */
  instanceId: string;
  /** Of every task that ends. */
  exitCode: number;
  /** Of every deployment of a service. */
  rolloutState: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';
}

/** Makes of an answer of moto's what ECS would say. */
export function correctedEcsAnswer(body: string, fate: Fate, services: Services): string {
  const answer = JSON.parse(body);
  for (const service of [...(answer.services ?? []), ...(answer.service ? [answer.service] : [])])
    correctService(service, fate, services);
  for (const task of answer.tasks ?? [])
    for (const container of task.containers ?? []) container.exitCode = fate.exitCode;
  return JSON.stringify(answer);
}

function correctService(service: any, { rolloutState }: Fate, services: Services): void {
  services.complete(service);
  // moto says it of services in bridge mode, AWS does not, and the provider's reading of a service crashes on it.
  if (Object.keys(service.networkConfiguration ?? {}).length === 0) delete service.networkConfiguration;
  // moto never deploys again: the deployment of the first day keeps its task definition.
  for (const deployment of service.deployments ?? []) {
    Object.assign(deployment, { taskDefinition: service.taskDefinition, rolloutState });
    if (rolloutState === 'FAILED')
      deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  }
  if (rolloutState === 'FAILED')
    service.events = [{ id: '1', message: `(service ${service.serviceName}) is unhealthy` }];
}

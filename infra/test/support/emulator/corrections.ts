import type { Services } from './services.ts';

/** How ECS fares in a test: what moto, which runs nothing, cannot know. */
export interface EcsOutcome {
  /** Where tasks run. */
  instanceId: string;
  /** Of every task that ends. */
  exitCode: number;
  /** Of every deployment of a service. */
  rolloutState: 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';
}

/** Makes of an response of moto's what ECS would say. */
export function correctEcsResponse(body: string, outcome: EcsOutcome, services: Services): string {
  const response = JSON.parse(body);
  for (const service of [...(response.services ?? []), ...(response.service ? [response.service] : [])])
    correctService(service, outcome, services);
  for (const task of response.tasks ?? [])
    for (const container of task.containers ?? []) container.exitCode = outcome.exitCode;
  return JSON.stringify(response);
}

function correctService(service: any, { rolloutState }: EcsOutcome, services: Services): void {
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

export type RolloutState = 'COMPLETED' | 'IN_PROGRESS' | 'FAILED';

interface Rollout {
  number: number;
  state: RolloutState;
  taskDefinition: string;
  /** What the circuit breaker returns to. */
  completed?: string;
}

/** The deployments of services: moto never deploys again, and knows no circuit breaker. */
export class Rollouts {
  private readonly rollouts = new Map<string, Rollout>();

  /** @param state how a deployment ends that this request begins */
  begin(service: string, { taskDefinition, forceNewDeployment }: any, state: RolloutState): void {
    const last = this.rollouts.get(service);
    const asked = taskDefinition === undefined ? undefined : revisionOf(taskDefinition);
    if (last && !forceNewDeployment && (asked ?? last.taskDefinition) === running(last)) return;
    const completed = last?.state === 'COMPLETED' ? last.taskDefinition : last?.completed;
    const next = { number: (last?.number ?? 0) + 1, state, taskDefinition: asked ?? last!.taskDefinition };
    this.rollouts.set(service, { ...next, completed });
  }

  /** Gives a service of a response its only deployment. */
  complete(service: any): void {
    const rollout = this.rollouts.get(service.serviceName);
    if (!rollout) return;
    // A service may be created with a family, of which ECS takes the newest revision.
    if (!rollout.taskDefinition.includes(':')) rollout.taskDefinition = revisionOf(service.taskDefinition);
    const { number, state } = rollout;
    const taskDefinition = arnLike(service.taskDefinition, running(rollout));
    const isRolledBack = state === 'FAILED' && rollout.completed !== undefined;
    const [deployment = {}] = service.deployments ?? [];
    Object.assign(service, { taskDefinition });
    service.deployments = [
      { ...deployment, id: `ecs-svc/${number}`, taskDefinition, rolloutState: isRolledBack ? 'COMPLETED' : state },
    ];
    if (state !== 'FAILED') return;
    service.deployments[0].rolloutStateReason = isRolledBack
      ? 'ECS deployment circuit breaker: rolling back.'
      : 'ECS deployment circuit breaker: tasks failed to start.';
    service.events = [{ id: '1', message: `(service ${service.serviceName}) is unhealthy` }];
  }
}

/** `family:revision` of an ARN. */
const revisionOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1)!;

const running = ({ state, taskDefinition, completed }: Rollout): string =>
  state === 'FAILED' && completed !== undefined ? completed : taskDefinition;

/** The ARN of another revision of the same account and region. */
const arnLike = (arn: string, revision: string): string =>
  arn.includes('/') ? `${arn.slice(0, arn.lastIndexOf('/'))}/${revision}` : revision;

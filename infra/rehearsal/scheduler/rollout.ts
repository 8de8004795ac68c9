import { type Deployment, isAlive, isHealthy, isWanted, type Service, type Task } from './model.ts';

/** What the service scheduler does next with one service. */
export type Action =
  | { do: 'start'; deployment: Deployment; count: number }
  | { do: 'stop'; task: Task; reason: string }
  | { do: 'complete'; deployment: Deployment }
  | { do: 'fail'; deployment: Deployment; rollBackTo?: Deployment };

/** Failed tasks of a deployment before its circuit breaker opens: half of the wanted count, 3 to 200 (ECS developer guide). */
export const failureThreshold = (desiredCount: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));

/** How many tasks a service keeps healthy, and how many it may have, during a deployment. */
export const boundsOf = ({ desiredCount, minimumHealthyPercent, maximumPercent }: Service) => ({
  lower: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
  upper: Math.floor((desiredCount * maximumPercent) / 100),
});

/**
 * The next steps of a service whose tasks are as given: replaces what is unhealthy, starts what is missing, stops what the
 * minimum of healthy tasks allows, and ends a deployment.
 * Source: ECS developer guide, "Rolling update deployments" and "deployment circuit breaker".
 */
export function planService(service: Service, all: Task[], now: number): Action[] {
  const [primary] = service.deployments;
  const tasks = all.filter(({ group, cluster }) => group === `service:${service.name}` && cluster === service.cluster);
  const wanted = tasks.filter(isWanted);
  const unhealthy = wanted.filter((task) => isFailing(task, service, now));
  const stops: Action[] = unhealthy.map((task) => ({ do: 'stop', task, reason: reasonOf(task, service) }));
  const remaining = wanted.filter((task) => !unhealthy.includes(task));
  if (!primary) return stops;
  if (service.status !== 'ACTIVE') return [...stops, ...remaining.map(stopFor(service))];
  const breaker = breakerOf(service, primary);
  if (breaker) return [...stops, breaker];

  const ours = remaining.filter(({ startedBy }) => startedBy === primary.id);
  const replaced = remaining.filter(({ startedBy }) => startedBy !== primary.id);
  const { lower, upper } = boundsOf(service);
  // A task that is being stopped still takes its place.
  const alive = tasks.filter(isAlive).length;
  const missing = Math.min(service.desiredCount - ours.length, Math.max(0, upper - alive));
  const start: Action[] =
    missing > 0 && primary.rolloutState !== 'FAILED' ? [{ do: 'start', deployment: primary, count: missing }] : [];

  const healthy = remaining.filter(isHealthy).length;
  const surplus = ours.slice(service.desiredCount);
  const notYetHealthy = replaced.filter((task) => !isHealthy(task));
  const stoppable = replaced.filter(isHealthy).slice(0, Math.max(0, healthy - lower));
  const stopReplaced = [...surplus, ...notYetHealthy, ...stoppable].map(stopFor(service));

  const isDone =
    primary.rolloutState === 'IN_PROGRESS' &&
    ours.length === service.desiredCount &&
    ours.every(isHealthy) &&
    tasks.filter(isAlive).every(({ startedBy }) => startedBy === primary.id);
  return [...stops, ...start, ...stopReplaced, ...(isDone ? [{ do: 'complete', deployment: primary } as const] : [])];
}

const stopFor =
  ({ name }: Service) =>
  (task: Task): Action => ({ do: 'stop', task, reason: `Scaling activity initiated by (service ${name})` });

/** After the grace period the result of the target group's check counts; the container's own always does. */
function isFailing(task: Task, { gracePeriodMs }: Service, now: number): boolean {
  if (task.healthStatus === 'UNHEALTHY') return true;
  return task.targetHealth === 'unhealthy' && task.startedAt !== undefined && now - task.startedAt > gracePeriodMs;
}

const reasonOf = ({ healthStatus }: Task, { name, targetGroupArn }: Service): string =>
  healthStatus === 'UNHEALTHY'
    ? 'Task failed container health checks'
    : `Task failed ELB health checks in (target-group ${targetGroupArn}) of (service ${name})`;

/** Counts only while the deployment is under way, and rolls back only to one that was COMPLETED, which keeps its tasks. */
function breakerOf({ circuitBreaker, desiredCount, deployments }: Service, primary: Deployment): Action | undefined {
  if (!circuitBreaker.enable || primary.rolloutState !== 'IN_PROGRESS') return undefined;
  if (primary.failedTasks < failureThreshold(desiredCount)) return undefined;
  const completed = deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
  return { do: 'fail', deployment: primary, ...(circuitBreaker.rollback && completed && { rollBackTo: completed }) };
}

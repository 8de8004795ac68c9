import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from './clients.ts';

/** The circuit breaker decides within some ten failed tasks; instances that must start first take their time, too. */
const DEADLINE_MS = 20 * 60_000;

export type RolloutStatus = { is: 'steady' } | { is: 'going on'; state: string } | { is: 'failed'; why: string };

/**
 * How far ECS is with a service's tasks.
 * @param taskDefinition the ARN that was asked for; undefined: whichever it has
 */
export function rolloutStatus(service: Service, taskDefinition = service.taskDefinition): RolloutStatus {
  const { deployments = [], runningCount = 0, desiredCount = 0, serviceName } = service;
  const ours = deployments.find((it) => it.taskDefinition === taskDefinition);
  if (ours?.rolloutState === 'FAILED')
    return { is: 'failed', why: ours.rolloutStateReason ?? `the tasks of ${serviceName} did not become healthy` };
  // The circuit breaker has gone back to the old tasks, and calls that a success.
  if (service.taskDefinition !== taskDefinition)
    return { is: 'failed', why: `${serviceName} has gone back to ${service.taskDefinition}` };
  const isSteady = deployments.length === 1 && ours?.rolloutState === 'COMPLETED' && runningCount >= desiredCount;
  return isSteady ? { is: 'steady' } : { is: 'going on', state: `${runningCount} of ${desiredCount} tasks run` };
}

/** A deployment that ended otherwise, with the service as ECS sees it. */
export class RolloutError extends Error {
  readonly service: Service;

  constructor(service: Service, why: string) {
    super(`${service.serviceName}: ${why}`);
    this.service = service;
  }
}

/**
 * @param asked service name → the task definition that it shall run
 * @throws RolloutError as soon as one has failed, or after 20 minutes
 */
export async function waitUntilSteady(
  { ecs }: Aws,
  cluster: string,
  asked: Record<string, string | undefined>,
  onProgress: (line: string) => void,
  { everyMs = 5000, deadlineMs = DEADLINE_MS } = {},
): Promise<void> {
  const names = Object.keys(asked);
  const end = Date.now() + deadlineMs;
  for (;;) {
    const { services = [], failures } = await ecs.send(new DescribeServicesCommand({ cluster, services: names }));
    if (services.length < names.length)
      throw new Error(`ECS knows nothing of ${failures?.map(({ arn }) => arn).join(', ')}.`);
    const rollouts = services.map((service) => [service, rolloutStatus(service, asked[service.serviceName!])] as const);
    for (const [service, rollout] of rollouts)
      if (rollout.is === 'failed') throw new RolloutError(service, rollout.why);
    const waiting = rollouts.filter(([, rollout]) => rollout.is === 'going on');
    if (waiting.length === 0) return;
    if (Date.now() > end) throw new RolloutError(waiting[0]![0], `not steady after ${deadlineMs / 60_000} minutes`);
    onProgress(
      waiting.map(([{ serviceName }, it]) => `${serviceName}: ${it.is === 'going on' && it.state}`).join(', '),
    );
    await sleep(everyMs);
  }
}

import { healthCheck, shutdown } from '#runtime';
import { type Environment, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { countAtRest, restingUsage } from '../../sizing/autoscaling.ts';
import { violations } from '../violations.ts';

/** Where the deregistration takes longer than a task is given, its last requests are cut off. */
const deregistrationDelayOf = ({ loadBalancer }: Environment): number =>
  loadBalancer.from === 'create' ? loadBalancer.deregistrationDelaySeconds : shutdown.deregistrationDelaySeconds;

export const serviceViolations = (environment: Environment): string[] =>
  serviceNames.flatMap((name) => violationsOfService(environment, name));

function violationsOfService(environment: Environment, name: ServiceName): string[] {
  const it = environment.services[name];
  const budget = shutdown.drainBudgetSeconds;
  const bootSeconds = healthCheck.intervalSeconds * healthCheck.healthyThreshold;
  return violations(
    [
      it.stopTimeoutSeconds <= budget,
      `services.${name}.stopTimeoutSeconds is ${it.stopTimeoutSeconds}, and the app drains for up to ${budget} s: ECS would kill it while it serves. Write more than ${budget}.`,
    ],
    [
      deregistrationDelayOf(environment) > it.stopTimeoutSeconds,
      `loadBalancer.deregistrationDelaySeconds is above services.${name}.stopTimeoutSeconds (${it.stopTimeoutSeconds}); write at most that.`,
    ],
    [
      it.gracePeriodSeconds <= bootSeconds,
      `services.${name}.gracePeriodSeconds is ${it.gracePeriodSeconds}; a healthy start takes ${bootSeconds} s of checks, so write more.`,
    ],
    [
      it.memoryReservationMiB > it.memoryMiB,
      `services.${name}: memoryReservationMiB ${it.memoryReservationMiB} is above memoryMiB ${it.memoryMiB}; write at most that.`,
    ],
    [
      it.minCount > it.desiredCount || it.desiredCount > it.maxCount,
      `services.${name}: minCount ${it.minCount}, desiredCount ${it.desiredCount}, maxCount ${it.maxCount} must rise.`,
    ],
    [
      [it.targetCpuPercent, it.targetMemoryPercent ?? 100].some((percent) => percent < 1 || percent > 100),
      `services.${name}: targetCpuPercent ${it.targetCpuPercent} and targetMemoryPercent ${it.targetMemoryPercent ?? '(unset)'} must be 1 to 100.`,
    ],
    [
      countAtRest(it, restingUsage(name, it)) !== it.desiredCount,
      `services.${name}: at rest, autoscaling would change desiredCount ${it.desiredCount} to ${countAtRest(it, restingUsage(name, it))}; write desiredCount: ${it.minCount}, and leave targetMemoryPercent out or raise memoryReservationMiB.`,
    ],
    [
      it.scheduled.some(({ minCount, maxCount }) => minCount > maxCount),
      `services.${name}.scheduled: each minCount must be at most its maxCount.`,
    ],
    [
      it.maximumPercent <= 100 && it.minimumHealthyPercent >= 100,
      `services.${name}: with maximumPercent ${it.maximumPercent} and minimumHealthyPercent ${it.minimumHealthyPercent} no deployment can begin; write maximumPercent: 200.`,
    ],
    [
      it.image !== undefined && !/@sha256:[0-9a-f]{64}$/.test(it.image),
      `services.${name}.image must end in a digest, since tags move: set ${name.toUpperCase()}_IMAGE to repository@sha256:….`,
    ],
  );
}

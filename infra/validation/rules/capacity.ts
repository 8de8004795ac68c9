import { type Environment, serviceNames } from '../../environments/environment.ts';
import { instanceTypeOf, instanceCapacityIn, taskSize, tasksDuringDeployment } from '../../sizing/capacity.ts';
import { fitsInto, instancesFor, type InstanceCapacity } from '../../sizing/instance-capacity.ts';
import { violations } from '../violations.ts';

/** Whether the tasks have room on the instances. */
export function capacityViolations(environment: Environment): string[] {
  const instance = instanceTypeOf(environment);
  if (!instance) return []; // Said by the cluster's own check.
  const capacity = instanceCapacityIn(environment, instance);
  const tooLarge = serviceNames.flatMap((name) => {
    const size = taskSize(environment, environment.services[name]);
    const left = `${capacity.cpu} CPU units, ${capacity.memoryMiB} MiB and ${capacity.networkInterfaces} network interfaces`;
    return violations([
      !fitsInto(size, capacity),
      `services.${name}: a task of ${size.cpu} CPU units and ${size.memoryMiB} MiB is larger than its instance, of which ECS leaves ${left}; write a smaller task or a larger instance type.`,
    ]);
  });
  if (tooLarge.length > 0) return tooLarge;
  return environment.cluster.from === 'existing'
    ? fixedCapacityViolations(environment, capacity, environment.cluster.instanceCount)
    : growingCapacityViolations(environment, capacity, environment.cluster.maxInstances);
}

/** A looked-up cluster does not grow for us. */
function fixedCapacityViolations(environment: Environment, capacity: InstanceCapacity, count: number): string[] {
  const needed = instancesFor(tasksDuringDeployment(environment, 'desiredCount'), capacity);
  return violations([
    needed > count,
    `cluster: a deployment of both services at their desired count needs ${needed} instances, and there are ${count}; write smaller tasks, a lower desiredCount or a lower maximumPercent.`,
  ]);
}

function growingCapacityViolations(
  environment: Environment,
  capacity: InstanceCapacity,
  max: number | undefined,
): string[] {
  const needed = instancesFor(tasksDuringDeployment(environment, 'maxCount'), capacity);
  return violations([
    max !== undefined && needed > max,
    `cluster.maxInstances is ${max}, and a deployment of both services at their maxCount needs ${needed}; leave it out, or write at least ${needed}.`,
  ]);
}

import { type Environment, serviceNames } from '../../environments/environment.ts';
import { instanceTypeOf, roomIn, taskSizeOf, tasksDuringDeployment } from '../../sizing/capacity.ts';
import { fitsInto, instancesFor, type Room } from '../../sizing/room.ts';
import { mistakes } from '../mistakes.ts';

/** Whether the tasks have room on the instances. */
export function capacityMistakes(environment: Environment): string[] {
  const instance = instanceTypeOf(environment);
  if (!instance) return []; // Said by the cluster's own check.
  const room = roomIn(environment, instance);
  const tooLarge = serviceNames.flatMap((name) => {
    const size = taskSizeOf(environment, environment.services[name]);
    const left = `${room.cpu} CPU units, ${room.memoryMiB} MiB and ${room.addresses} addresses`;
    return mistakes([
      !fitsInto(size, room),
      `services.${name}: a task of ${size.cpu} CPU units and ${size.memoryMiB} MiB is larger than its instance, of which ECS leaves ${left}; write a smaller task or a larger instance type.`,
    ]);
  });
  if (tooLarge.length > 0) return tooLarge;
  return environment.cluster.from === 'existing'
    ? fixedCapacityMistakes(environment, room, environment.cluster.instanceCount)
    : growingCapacityMistakes(environment, room, environment.cluster.maxInstances);
}

/** A looked-up cluster does not grow for us. */
function fixedCapacityMistakes(environment: Environment, room: Room, count: number): string[] {
  const needed = instancesFor(tasksDuringDeployment(environment, 'desiredCount'), room);
  return mistakes([
    needed > count,
    `cluster: a deployment of both services at their desired count needs ${needed} instances, and there are ${count}; write smaller tasks, a lower desiredCount or a lower maximumPercent.`,
  ]);
}

function growingCapacityMistakes(environment: Environment, room: Room, max: number | undefined): string[] {
  const needed = instancesFor(tasksDuringDeployment(environment, 'maxCount'), room);
  return mistakes([
    max !== undefined && needed > max,
    `cluster.maxInstances is ${max}, and a deployment of both services at their maxCount needs ${needed}; leave it out, or write at least ${needed}.`,
  ]);
}

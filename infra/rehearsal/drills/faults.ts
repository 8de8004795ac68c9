import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { docker } from '../agent/docker-engine.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAlive } from '../scheduler/model.ts';
import { hasFailed, said, underLoad } from './load.ts';
import { appServices, appTasks, type Drill, isWhole, seconds, tasksOf, until } from './support.ts';

/** Until ECS has seen that a container ended, and has taken its target out, the load balancer sends requests to it. */
const NOTICED_MS = 2000;

/** A container of each service is killed: the wanted number of tasks comes back by itself. */
export const killTask: Drill = async (context) => {
  const { rehearsal } = context;
  const victims = appServices(rehearsal).map((service) => tasksOf(rehearsal, service)[0]!);
  const isAlone = appServices(rehearsal).some(({ desiredCount }) => desiredCount === 1);
  const began = Date.now();
  const load = await underLoad(context, async () => {
    for (const { containerId } of victims) await docker('POST', `/containers/${containerId}/kill`);
    await until(() => victims.every((task) => !isAlive(task)) && isWhole(rehearsal));
  });
  return {
    met: isAlone || load.failedForMs <= NOTICED_MS,
    evidence: `${victims.length} tasks killed, replaced in ${seconds(began)}; ${said(load)}${isAlone ? '; it was the only task' : ''}`,
  };
};

/** An instance that carries no database is terminated; another one takes its tasks over. */
export const killInstance: Drill = async (context) => {
  const { rehearsal } = context;
  const { scheduler } = rehearsal;
  const keepsData = scheduler.tasks.find((task) => isAlive(task) && task.group.endsWith('-database'));
  const victim = scheduler.instances.find((instance) => instance !== keepsData?.instance)!;
  const lost = scheduler.tasks.filter((task) => isAlive(task) && task.instance === victim);
  const isAlone = scheduler.instances.length === 1;
  const began = Date.now();
  const load = await underLoad(context, async () => {
    await new EC2Client({}).send(new TerminateInstancesCommand({ InstanceIds: [victim.ec2InstanceId] }));
    await until(() => lost.every((task) => !isAlive(task)) && isWhole(rehearsal));
  });
  return {
    met: isAlone || load.failedForMs <= NOTICED_MS,
    evidence: `${victim.ec2InstanceId} with ${lost.length} tasks terminated, whole again in ${seconds(began)}; ${said(load)}${isAlone ? '; it was the only instance' : ''}`,
  };
};

/** The database restarts: 503 with Retry-After meanwhile, then right; no task is replaced for it. */
export const database: Drill = async (context) => {
  const { rehearsal } = context;
  const before = appTasks(rehearsal);
  const began = Date.now();
  let took = '';
  const load = await underLoad(context, async (soFar) => {
    await restartDatabase(rehearsal);
    const { succeeded } = soFar;
    await until(() => isWhole(rehearsal) && soFar.succeeded > succeeded);
    took = seconds(began);
  });
  const kept = before.filter((task) => appTasks(rehearsal).includes(task)).length;
  return {
    met: !hasFailed(load) && load.succeeded > 0 && kept === before.length,
    evidence: `back in ${took}, ${kept} of ${before.length} tasks kept; ${said(load)}`,
  };
};

/** The database process ends and starts again: RDS's, or the container. */
async function restartDatabase({ database, scheduler }: Rehearsal): Promise<void> {
  if (database.endpoint) return database.restart();
  const task = scheduler.tasks.find((it) => isAlive(it) && it.taskDefinition.family.endsWith('-database'))!;
  await docker('POST', `/containers/${task.containerId}/kill?signal=SIGINT`);
  await until(() => !isAlive(task));
}

/** The load balancers get other addresses, as when AWS scales them; the earlier ones end a while after the names' TTL. */
export const addresses: Drill = async (context) => {
  const { rehearsal } = context;
  let changed: string[] = [];
  const load = await underLoad(context, async () => {
    changed = await rehearsal.changeAddresses();
  });
  return { met: !hasFailed(load) && load.unavailable === 0, evidence: `${changed.join(', ')}; ${said(load)}` };
};

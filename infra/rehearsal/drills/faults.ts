import { EC2 } from '@aws-sdk/client-ec2';
import { docker } from '../agent/docker-engine.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAlive, isHealthy, type Task } from '../scheduler/model.ts';
import { hasFailed, hasServed, said, underLoad } from './load.ts';
import {
  appServices,
  appTasks,
  type Drill,
  type DrillContext,
  type DrillResult,
  haveStayed,
  isWhole,
  seconds,
  tasksOf,
  until,
} from './support.ts';

/** A container of each service is killed. */
export const killTask: Drill = (context) => {
  const { rehearsal } = context;
  const victims = appServices(rehearsal).map((service) => tasksOf(rehearsal, service)[0]!);
  return loseTasks(context, victims, `${victims.length} tasks killed`, async () => {
    for (const { containerId } of victims) await docker('POST', `/containers/${containerId}/kill`);
  });
};

/** The instance with the most tasks, of those without a database, is terminated; another one takes its tasks over. */
export const killInstance: Drill = (context) => {
  const { instances, tasks } = context.rehearsal.scheduler;
  const alive = instances.map((instance) => tasks.filter((task) => isAlive(task) && task.instance === instance));
  const without = alive.filter((own) => !own.some(({ group }) => group.endsWith('-database')));
  const [lost = []] = without.sort((a, b) => b.length - a.length);
  if (lost.length === 0) return Promise.resolve({ met: false, evidence: 'the database is where all tasks are' });
  const { ec2InstanceId, availabilityZone } = lost[0]!.instance;
  const isAlone = instances.filter((it) => it.availabilityZone === availabilityZone).length === 1;
  const what = `${ec2InstanceId} with ${lost.length} tasks terminated${isAlone ? `, the only instance in ${availabilityZone}` : ''}`;
  return loseTasks(context, lost, what, () => new EC2({}).terminateInstances({ InstanceIds: [ec2InstanceId] }));
};

/**
 * The wanted number of tasks comes back by itself. Requests may fail until ECS has seen that tasks are gone, and has taken
 * their targets out; none fails afterwards, unless a service has no other task.
 */
async function loseTasks(
  context: DrillContext,
  lost: Task[],
  what: string,
  strike: () => Promise<unknown>,
): Promise<DrillResult> {
  const { rehearsal } = context;
  const isAlone = appServices(rehearsal).some((service) =>
    tasksOf(rehearsal, service).every((it) => lost.includes(it)),
  );
  const began = Date.now();
  let takenOutAt = Infinity;
  const load = await underLoad(context, async () => {
    await strike();
    await until(() => !rehearsal.loadBalancers.targets.some(({ task }) => lost.includes(task)));
    takenOutAt = Date.now();
    await until(() => lost.every((task) => !isAlive(task)) && isWhole(rehearsal));
  });
  return {
    met: isAlone || load.failed === undefined || load.failed.to < takenOutAt,
    evidence: `${what}, whole again in ${seconds(began)}; ${said(load)}${isAlone ? '; a service had no other task' : ''}`,
  };
}

/** RDS fails over, or the container restarts: 503 with Retry-After meanwhile, then right; no task is replaced for it. */
export const database: Drill = async (context) => {
  const { rehearsal } = context;
  const before = appTasks(rehearsal);
  const began = Date.now();
  let [what, took] = ['', ''];
  const load = await underLoad(context, async (soFar) => {
    what = await restartDatabase(rehearsal);
    const { succeeded } = soFar;
    await until(() => isWhole(rehearsal) && soFar.succeeded > succeeded);
    took = seconds(began);
  });
  return {
    met: !hasFailed(load) && load.succeeded > 0 && haveStayed(rehearsal, before),
    evidence: `${what}, back in ${took}, ${before.filter(isHealthy).length} of ${before.length} tasks kept; ${said(load)}`,
  };
};

async function restartDatabase(rehearsal: Rehearsal): Promise<string> {
  if (rehearsal.database.endpoint) return `failed over, ${await rehearsal.failOverDatabase()}`;
  const task = rehearsal.scheduler.tasks.find((it) => isAlive(it) && it.taskDefinition.family.endsWith('-database'))!;
  await docker('POST', `/containers/${task.containerId}/kill?signal=SIGINT`);
  await until(() => !isAlive(task));
  return 'its container ended';
}

/** The load balancers get other addresses, as when AWS scales them; the earlier ones end a while after the names' TTL. */
export const addresses: Drill = async (context) => {
  const { rehearsal } = context;
  let changed: string[] = [];
  const load = await underLoad(context, async () => {
    changed = await rehearsal.changeAddresses();
  });
  return { met: hasServed(load), evidence: `${changed.join(', ')}; ${said(load)}` };
};

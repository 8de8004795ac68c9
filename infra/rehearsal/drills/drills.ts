import { docker } from '../agent/docker-engine.ts';
import type { DeployCommand } from '../host/deploy-command.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAlive, isHealthy, type Service, type Task } from '../scheduler/model.ts';
import { underLoad } from './load.ts';

export interface DrillContext {
  rehearsal: Rehearsal;
  command: DeployCommand;
  environment: string;
  url: string;
}

export interface DrillResult {
  met: boolean;
  evidence: string;
}

type Drill = (context: DrillContext) => Promise<DrillResult>;

const DEADLINE_MS = 5 * 60_000;

/** Faults and changes that a deployed system must survive, by name; `destroy` is the last. */
export const drills: Record<string, Drill> = {
  /** Every task of both services is replaced under load: no request fails. */
  roll: async ({ rehearsal, command, url }) => {
    const before = appTasks(rehearsal);
    const began = Date.now();
    const { requests, failures } = await underLoad(command, url, async () => {
      for (const service of appServices(rehearsal))
        rehearsal.scheduler.deploy(service, service.deployments[0]!.taskDefinition);
      await until(() =>
        appServices(rehearsal).every(({ deployments }) => deployments[0]!.rolloutState === 'COMPLETED'),
      );
    });
    const after = appTasks(rehearsal);
    return {
      met: Object.keys(failures).length === 0 && !after.some((task) => before.includes(task)),
      evidence: `${before.length} tasks replaced in ${seconds(began)} s; ${said(requests, failures)}`,
    };
  },

  /** A container of each service is killed: the wanted number of tasks comes back by itself. */
  'kill-task': async ({ rehearsal, command, url }) => {
    const victims = appServices(rehearsal).map(({ name }) => tasksOf(rehearsal, name)[0]!);
    const began = Date.now();
    const { requests, failures } = await underLoad(command, url, async () => {
      for (const { containerId } of victims) await docker('POST', `/containers/${containerId}/kill`);
      await until(() => victims.every((task) => !isAlive(task)));
      await until(() => appServices(rehearsal).every((service) => isComplete(rehearsal, service)));
    });
    return {
      met: victims.every((task) => !isAlive(task)),
      evidence: `${victims.length} tasks killed, replaced in ${seconds(began)} s; ${said(requests, failures)}`,
    };
  },

  /** Nothing runs any more, and the account holds no service. */
  destroy: async ({ rehearsal, command, environment }) => {
    const { code, output } = await command.run('destroy', [environment], { input: `${environment}\n` });
    const left = rehearsal.scheduler.tasks.filter(isAlive).length;
    return {
      met: code === 0 && left === 0,
      evidence: `exit ${code}, ${left} tasks left${code === 0 ? '' : `\n${output}`}`,
    };
  },
};

/** The API's and the gateway's, not the database's. */
const appServices = ({ scheduler }: Rehearsal): Service[] =>
  [...scheduler.services.values()].filter(({ status, targetGroupArn }) => status === 'ACTIVE' && targetGroupArn);

const tasksOf = ({ scheduler }: Rehearsal, service: string): Task[] =>
  scheduler.tasks.filter((task) => task.group === `service:${service}` && isAlive(task));

const appTasks = (rehearsal: Rehearsal): Task[] =>
  appServices(rehearsal).flatMap(({ name }) => tasksOf(rehearsal, name).filter(isHealthy));

const isComplete = (rehearsal: Rehearsal, { name, desiredCount }: Service): boolean =>
  tasksOf(rehearsal, name).filter(isHealthy).length === desiredCount;

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(0);

const said = (requests: number, failures: Record<string, number>): string => {
  const failed = Object.entries(failures).map(([what, count]) => `${count} × ${what}`);
  return `${requests} requests, ${failed.length > 0 ? `failed: ${failed.join(', ')}` : '0 failed'}`;
};

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Not so after ${DEADLINE_MS / 60_000} minutes: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

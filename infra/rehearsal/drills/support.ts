import { setTimeout as sleep } from 'node:timers/promises';
import type { DeployCommand, Ended } from '../host/deploy-command.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAlive, isHealthy, type Service, type Task } from '../scheduler/model.ts';

export interface DrillContext {
  rehearsal: Rehearsal;
  command: DeployCommand;
  environment: string;
  url: string;
  /** What the account held before the first deployment. */
  heldBefore: Record<string, (string | undefined)[]>;
}

export interface DrillResult {
  met: boolean;
  evidence: string;
}

export type Drill = (context: DrillContext) => Promise<DrillResult>;

const DEADLINE_MS = 5 * 60_000;

/** `npm run deploy` with these images, without the smoke test: the load shows more. */
export const deploy = (
  { command, environment }: DrillContext,
  images: { api?: string; gateway?: string } = {},
): Promise<Ended> =>
  command.run('deploy', [environment], {
    variables: {
      SMOKE: 'false',
      ...(images.api && { API_IMAGE: images.api }),
      ...(images.gateway && { GATEWAY_IMAGE: images.gateway }),
    },
  });

/** The API's and the gateway's, not the database's. */
export const appServices = ({ scheduler }: Rehearsal): Service[] =>
  [...scheduler.services.values()].filter(({ status, targetGroupArn }) => status === 'ACTIVE' && targetGroupArn);

export const serviceOf = (rehearsal: Rehearsal, name: 'api' | 'gateway'): Service =>
  appServices(rehearsal).find((service) => service.name.endsWith(`-${name}`))!;

export const tasksOf = ({ scheduler }: Rehearsal, { name, cluster }: Service): Task[] =>
  scheduler.tasks.filter((task) => task.group === `service:${name}` && task.cluster === cluster && isAlive(task));

export const appTasks = (rehearsal: Rehearsal): Task[] =>
  appServices(rehearsal).flatMap((service) => tasksOf(rehearsal, service).filter(isHealthy));

/** The image that a service's tasks run. */
export const imageOf = (rehearsal: Rehearsal, name: 'api' | 'gateway'): string =>
  tasksOf(rehearsal, serviceOf(rehearsal, name))[0]!.taskDefinition.container.image;

/** Every service has as many healthy tasks as it wants. */
export const isWhole = (rehearsal: Rehearsal): boolean =>
  [...rehearsal.scheduler.services.values()]
    .filter(({ status }) => status === 'ACTIVE')
    .every((service) => tasksOf(rehearsal, service).filter(isHealthy).length === service.desiredCount);

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(0)} s`;

export async function until(condition: () => boolean | Promise<boolean>, deadlineMs = DEADLINE_MS): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not so after ${deadlineMs / 60_000} minutes: ${String(condition)}`);
    await sleep(500);
  }
}

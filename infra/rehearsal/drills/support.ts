import { setTimeout as sleep } from 'node:timers/promises';
import type { DeployCommand, Ended } from '../host/deploy-command.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { isAlive, isHealthy, type Service, type Task } from '../scheduler/model.ts';
import { hasKept, runsOnly } from './versions.ts';

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

export const APPS = ['api', 'gateway'] as const;
type App = (typeof APPS)[number];

const DEADLINE_MS = 5 * 60_000;

/** `npm run deploy` with these images, without the smoke test: the load shows more. */
export const deploy = (
  { command, environment }: DrillContext,
  images: Partial<Record<App, string>> = {},
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

export const serviceOf = (rehearsal: Rehearsal, name: App): Service =>
  appServices(rehearsal).find((service) => service.name.endsWith(`-${name}`))!;

export const tasksOf = ({ scheduler }: Rehearsal, { name, cluster }: Service): Task[] =>
  scheduler.tasks.filter((task) => task.group === `service:${name}` && task.cluster === cluster && isAlive(task));

export const appTasks = (rehearsal: Rehearsal): Task[] =>
  appServices(rehearsal).flatMap((service) => tasksOf(rehearsal, service).filter(isHealthy));

/** The image that a service's tasks run. */
export const imageOf = (rehearsal: Rehearsal, name: App): string =>
  tasksOf(rehearsal, serviceOf(rehearsal, name))[0]!.taskDefinition.container.image;

/** Waits until both services have come to rest with these images. @returns whether they have */
export const comesToRun = (rehearsal: Rehearsal, images: Record<App, string>): Promise<boolean> =>
  until(() =>
    APPS.every((name) => {
      const service = serviceOf(rehearsal, name);
      return runsOnly(images[name], service, tasksOf(rehearsal, service));
    }),
  ).then(
    () => true,
    () => false,
  );

/** Whether none of these tasks was replaced. */
export const haveStayed = (rehearsal: Rehearsal, before: Task[]): boolean =>
  appServices(rehearsal).every((service) => {
    const own = before.filter(({ group }) => group === `service:${service.name}`);
    return hasKept(own, service, tasksOf(rehearsal, service));
  });

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

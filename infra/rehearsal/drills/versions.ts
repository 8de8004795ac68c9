import { isHealthy, type Service, type Task } from '../scheduler/model.ts';

const imageOf = ({ taskDefinition }: Task): string => taskDefinition.container.image;

/**
 * Whether a service has come to rest with this image: its one deployment is COMPLETED, as many tasks are healthy as it
 * wants at this moment, and none of another version is left. @param tasks its own, those that end included
 */
export const runsOnly = (image: string, { deployments, desiredCount }: Service, tasks: Task[]): boolean =>
  deployments.length === 1 &&
  deployments[0]!.rolloutState === 'COMPLETED' &&
  tasks.filter(isHealthy).length === desiredCount &&
  tasks.every((task) => imageOf(task) === image);

/** Whether a service has replaced none of its tasks: it ends one only where it wants fewer than before. */
export const hasKept = (before: Task[], { desiredCount }: Service, tasks: Task[]): boolean =>
  before.filter((task) => tasks.includes(task) && isHealthy(task)).length >= Math.min(before.length, desiredCount);

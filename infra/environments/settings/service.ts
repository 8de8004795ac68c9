import { healthCheck, shutdown } from '#runtime';

/** A change of the task count by the clock, for example for the night. */
export interface ScheduledScaling {
  name: string;
  /** `cron(0 20 * * ? *)`, in UTC. */
  schedule: string;
  minCount: number;
  maxCount: number;
}

/** One of our two services. */
export class ServiceSettings {
  /** CPU units that a task is placed with; 1024 are one vCPU. It may use more where other tasks leave it idle. */
  cpu = 256;
  /** What a task is placed with. */
  memoryReservationMiB = 256;
  /** What a task is killed above. */
  memoryMiB = 512;
  desiredCount = 2;
  minCount = 2;
  /** As many as `minCount`: no autoscaling. */
  maxCount = 6;
  /** Target tracking: the tasks' average CPU in percent, and each task's requests per minute. */
  targetCpuPercent = 60;
  /** Average memory in percent of `memoryReservationMiB`. Default: not tracked, since Node does not return memory after a peak. */
  targetMemoryPercent?: number;
  targetRequestsPerMinute = 3000;
  scaleOutSeconds = 60;
  scaleInSeconds = 300;
  scheduled: ScheduledScaling[] = [];
  /** During a deployment, in percent of the desired count. */
  minimumHealthyPercent = 100;
  maximumPercent = 200;
  gracePeriodSeconds: number = healthCheck.gracePeriodSeconds;
  stopTimeoutSeconds: number = shutdown.stopTimeoutSeconds;
  /** Repository and digest. Default: the newest image in the service's repository, by its digest. */
  image?: string;
  /** Whether `aws ecs execute-command` may open a shell in a task. It needs a file system that can be written to, and a role that may use SSM. */
  exec = false;
  /** Variables beside those that the blocks set themselves. */
  environment: Record<string, string> = {};
}

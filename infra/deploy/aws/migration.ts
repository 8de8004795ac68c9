import { DescribeTasksCommand, type RunTaskCommandInput, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from './clients.ts';
import { lastLines } from './logs.ts';

/** A task may first have to wait for an instance. */
const DEADLINE_MS = 20 * 60_000;
const CONTAINER = 'migrate';

/**
 * Runs the task that migrates, and waits for its end.
 * @throws with its last log lines where it does not end with 0
 */
export async function runMigration(
  aws: Aws,
  input: RunTaskCommandInput & { cluster: string },
  logGroup: string,
  onProgress: (line: string) => void,
  everyMs = 3000,
): Promise<void> {
  const { tasks, failures } = await aws.ecs.send(new RunTaskCommand({ ...input, startedBy: 'stockroom-deploy' }));
  const arn = tasks?.[0]?.taskArn;
  if (!arn) throw new Error(`ECS cannot place the task that migrates: ${failures?.[0]?.reason ?? 'no reason given'}.`);
  const ended = await untilStopped(aws, input.cluster, arn, onProgress, everyMs);
  const { exitCode, reason } = ended.containers?.find(({ name }) => name === CONTAINER) ?? {};
  const lines = await lastLines(aws, logGroup, CONTAINER, arn);
  if (exitCode === 0) return onProgress(lines.at(-1) ?? 'done');
  const why = reason || ended.stoppedReason || 'no reason given';
  throw new Error(
    [`The migration ended with ${exitCode ?? 'no exit code'} (${why}); the services are as they were.`, ...lines].join(
      '\n  ',
    ),
  );
}

async function untilStopped(
  { ecs }: Aws,
  cluster: string,
  arn: string,
  onProgress: (line: string) => void,
  everyMs: number,
): Promise<Task> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
    const task = tasks?.[0];
    if (task?.lastStatus === 'STOPPED') return task;
    if (Date.now() > end)
      throw new Error(`The task that migrates is still ${task?.lastStatus} after 20 minutes: ${arn}`);
    onProgress(`the task is ${task?.lastStatus}`);
    await sleep(everyMs);
  }
}

import { DescribeTasksCommand, ListTasksCommand, type Service } from '@aws-sdk/client-ecs';
import type { Aws } from './clients.ts';
import { lastLines } from './logs.ts';

const EVENTS = 5;

/** Why a service did not become steady, as far as AWS knows: its last events, and how its last task ended. */
export async function failureReport(aws: Aws, cluster: string, service: Service, container: string, logGroup: string) {
  const events = (service.events ?? []).slice(0, EVENTS).map(({ message }) => message ?? '');
  return ['its last events:', ...indent(events), ...(await lastTask(aws, cluster, service, container, logGroup))];
}

async function lastTask(aws: Aws, cluster: string, { serviceName }: Service, container: string, logGroup: string) {
  const { taskArns = [] } = await aws.ecs.send(
    new ListTasksCommand({ cluster, serviceName, desiredStatus: 'STOPPED' }),
  );
  if (taskArns.length === 0) return ['no task of it has ended'];
  const { tasks = [] } = await aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  const last = tasks.sort((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0))[0]!;
  const { exitCode, reason } = last.containers?.[0] ?? {};
  const why = [last.stoppedReason, reason, exitCode !== undefined && `exit code ${exitCode}`]
    .filter(Boolean)
    .join('; ');
  const lines = await lastLines(aws, logGroup, container, last.taskArn!);
  return [`its last task ended: ${why}`, ...indent(lines.length > 0 ? lines : ['(it logged nothing)'])];
}

const indent = (lines: string[]): string[] => lines.map((line) => `  ${line}`);

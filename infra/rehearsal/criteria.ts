import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { send } from './drills/requests.ts';
import type { DrillContext } from './drills/support.ts';
import { isHealthy, type Task } from './scheduler/model.ts';

export interface Criterion {
  criterion: string;
  met: boolean;
  evidence: string;
}

const REQUESTS = 40;

/** The five criteria of a deployment, each with what shows it. */
export async function criteria(context: DrillContext): Promise<Criterion[]> {
  const { rehearsal, command, environment, url } = context;
  const log = readLog(command.folder);
  const smoke = /Tests: +(\d+ passed)/.exec(log)?.[1];
  const before = await rehearsal.loadBalancers.requests();
  const statuses: (number | string | undefined)[] = [];
  for (let n = 0; n < REQUESTS; n += 1) {
    const { status, error } = await send(context, '/health', { agent: false });
    statuses.push(status ?? error);
  }
  const after = await rehearsal.loadBalancers.requests();
  const answered = (family: string) =>
    [...after]
      .filter(([task]) => task.taskDefinition.family.endsWith(family))
      .map(([task, count]) => count - (before.get(task) ?? 0));
  const gateways = answered('-gateway');
  const apis = answered('-api');
  const services = [...rehearsal.scheduler.services.values()].filter(({ status }) => status === 'ACTIVE');
  const tasks = rehearsal.scheduler.tasks.filter(
    ({ group, desiredStatus }) => group.startsWith('service:') && desiredStatus === 'RUNNING',
  );
  const wanted = services.reduce((sum, { desiredCount }) => sum + desiredCount, 0);
  const inventoryUrl = environmentOf(tasks, '-gateway', 'INVENTORY_API_URL');
  return [
    {
      criterion: 'every API route works',
      met: smoke !== undefined,
      evidence: smoke ? `smoke suite through ${url}: ${smoke}` : 'the smoke suite did not run to its end',
    },
    {
      criterion: 'the gateway is reached through the load balancer',
      met: statuses.every((status) => status === 200) && gateways.some((count) => count > 0),
      evidence: `GET ${url}/health: ${REQUESTS} × ${[...new Set(statuses)].join(', ')} from ${gateways.length} targets`,
    },
    {
      criterion: 'the gateway reaches the API by the load balancer’s DNS name',
      met: /\.elb\.amazonaws\.com/.test(inventoryUrl) && apis.some((count) => count > 0),
      evidence: `INVENTORY_API_URL=${inventoryUrl}; API targets answered ${apis.join(' + ')} of these health checks`,
    },
    {
      criterion: 'ECS reports every task RUNNING and HEALTHY',
      met: tasks.length === wanted && tasks.every(isHealthy),
      evidence: tasks
        .map(
          ({ group, id, lastStatus, healthStatus }) =>
            `${group.slice(8)} ${id.slice(0, 8)} ${lastStatus} ${healthStatus}`,
        )
        .join('; '),
    },
    {
      criterion: `requests are spread over the tasks of both services (${environment})`,
      met: [gateways, apis].every((counts) => counts.length > 0 && counts.every((count) => count > 0)),
      evidence: `of ${REQUESTS} requests: gateway ${gateways.join(' + ')}, API ${apis.join(' + ')}`,
    },
  ];
}

const environmentOf = (tasks: Task[], family: string, name: string): string =>
  tasks
    .find(({ taskDefinition }) => taskDefinition.family.endsWith(family))
    ?.taskDefinition.container.environment.find((variable) => variable.name === name)?.value ?? '';

function readLog(folder: string): string {
  const logs = join(folder, '.stockroom/deploy');
  return readdirSync(logs)
    .map((file) => readFileSync(join(logs, file), 'utf8'))
    .join('\n');
}

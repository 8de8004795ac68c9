import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ServiceName, serviceNames } from '../../environments/environment.ts';
import { clusterName, loadBalancerName, serviceName, targetGroupNames } from '../../environments/names.ts';
import { publicUrl } from '../../environments/url.ts';
import type { Aws } from '../aws/clients.ts';
import { rolloutStatus } from '../aws/rollout.ts';
import type { Deployment } from '../deployment.ts';

const EVENTS = 3;

/** `npm run status -- <environment>`: the URL, and of each service its tasks, its targets and what ECS last said. */
export async function status({ aws, environment }: Deployment): Promise<void> {
  const { LoadBalancers } = await aws.elb.send(
    new DescribeLoadBalancersCommand({ Names: [loadBalancerName(environment)] }),
  );
  const names = serviceNames.map((name) => serviceName(environment, name));
  const { services = [] } = await aws.ecs.send(
    new DescribeServicesCommand({ cluster: clusterName(environment), services: names }),
  );
  const lines = [publicUrl(environment.loadBalancer, LoadBalancers![0]!.DNSName!)];
  for (const [index, name] of serviceNames.entries()) {
    const service = services.find((it) => it.serviceName === names[index] && it.status === 'ACTIVE');
    lines.push(
      ...(service ? await about(aws, service, name, targetGroupNames(environment)) : [`  ${name}: not deployed`]),
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function about({ elb }: Aws, service: Service, name: ServiceName, groups: Record<ServiceName, string>) {
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: [groups[name]] }));
  const { TargetHealthDescriptions: targets = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: TargetGroups![0]!.TargetGroupArn }),
  );
  const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  const rollout = rolloutStatus(service);
  const { runningCount, desiredCount, taskDefinition, events = [] } = service;
  return [
    `  ${name}: ${rollout.is}, ${runningCount} of ${desiredCount} tasks, ${healthy} of ${targets.length} targets healthy, ${taskDefinition?.split('/').at(-1)}`,
    ...events.slice(0, EVENTS).map(({ createdAt, message }) => `    ${createdAt?.toISOString()} ${message}`),
  ];
}

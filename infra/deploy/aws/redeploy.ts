import { DescribeServicesCommand, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Aws } from './clients.ts';
import { rolloutStatus } from './rollout.ts';

/** Service name → the id of its newest deployment; empty where the cluster or the services do not exist. */
export type DeploymentIds = ReadonlyMap<string, string | undefined>;

export async function deploymentIds(aws: Aws, cluster: string, names: string[]): Promise<DeploymentIds> {
  const services = await describe(aws, cluster, names);
  return new Map(services.map((service) => [service.serviceName!, primaryId(service)]));
}

/**
 * A deployment that the circuit breaker has ended stays FAILED, and applying the same task definition again changes
 * nothing: such a service is deployed anew.
 * @param asked service name → the task definition that it shall run; undefined: whichever it has
 * @param before the deployments before Terraform's apply: one that has failed since then is for the caller to report
 */
export async function redeployFailed(
  aws: Aws,
  cluster: string,
  asked: Record<string, string | undefined>,
  before: DeploymentIds,
  onProgress: (line: string) => void,
): Promise<void> {
  for (const service of await describe(aws, cluster, Object.keys(asked))) {
    const name = service.serviceName!;
    if (primaryId(service) !== before.get(name)) continue;
    const taskDefinition = asked[name] ?? service.taskDefinition;
    if (rolloutStatus(service, taskDefinition).is !== 'failed') continue;
    onProgress(`${name}: an earlier deployment has failed, so a new one begins`);
    await aws.ecs.send(new UpdateServiceCommand({ cluster, service: name, taskDefinition, forceNewDeployment: true }));
  }
}

async function describe({ ecs }: Aws, cluster: string, services: string[]): Promise<Service[]> {
  const found = await ecs.send(new DescribeServicesCommand({ cluster, services })).catch((error: Error) => {
    if (error.name === 'ClusterNotFoundException') return { services: [] };
    throw error;
  });
  return (found.services ?? []).filter(({ status }) => status === 'ACTIVE');
}

const primaryId = ({ deployments = [] }: Service): string | undefined =>
  deployments.find(({ status }) => status === 'PRIMARY')?.id;

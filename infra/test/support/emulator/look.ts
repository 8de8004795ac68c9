import { createHash } from 'node:crypto';
import { DescribeTaskDefinitionCommand, ECSClient, type TaskDefinition } from '@aws-sdk/client-ecs';

/** The newest task definition of one of the sandbox's services. */
export async function latestTask(service: string): Promise<TaskDefinition> {
  const { taskDefinition } = await new ECSClient({}).send(
    new DescribeTaskDefinitionCommand({ taskDefinition: `stockroom-sandbox-${service}` }),
  );
  return taskDefinition!;
}

export const images = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      ['api', 'gateway'].map(async (service) => {
        const { containerDefinitions } = await latestTask(service);
        return [service, containerDefinitions![0]!.image!] as const;
      }),
    ),
  );

/** Of an image like no other. */
export function manifest(seed: string): string {
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const digest = `sha256:${createHash('sha256').update(seed).digest('hex')}`;
  return JSON.stringify({ schemaVersion: 2, mediaType, config: { mediaType, size: 1, digest }, layers: [] });
}

/** AWS, too, keeps what has ended for a while, or for good. */
const KEPT = /^(ecs\.(TaskDefinition|Cluster|Service|Task|Container)|iam\.Role)/;

/** Everything that the emulated account holds, as `service.Model: how many`. */
export async function leftovers(url: string): Promise<string[]> {
  const everything = (await (await fetch(`${url}/moto-api/data.json`)).json()) as Record<
    string,
    Record<string, unknown[]>
  >;
  return Object.entries(everything)
    .flatMap(([service, models]) => Object.entries(models).map(([model, all]) => `${service}.${model}: ${all.length}`))
    .filter((line) => !line.endsWith(': 0') && !KEPT.test(line))
    .sort();
}

import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import type { Aws } from './clients.ts';

/** Of each family, beside those in use. The circuit breaker returns only to an ACTIVE revision. */
const KEPT = 3;
/** What one call deletes. */
const DELETED_AT_ONCE = 10;

/**
 * Deregisters the revisions that earlier deployments have left. Terraform keeps them: it would deregister the one that
 * the circuit breaker returns to.
 * @returns how many
 */
export async function deregisterOldRevisions(
  aws: Aws,
  cluster: string,
  services: string[],
  families: string[],
): Promise<number> {
  const found = await aws.ecs.send(new DescribeServicesCommand({ cluster, services }));
  const inUse = new Set(
    (found.services ?? []).flatMap(({ taskDefinition, deployments = [] }) => [
      taskDefinition,
      ...deployments.map((deployment) => deployment.taskDefinition),
    ]),
  );
  let count = 0;
  for (const family of families) {
    const old = (await revisions(aws, family, 'ACTIVE')).slice(KEPT).filter((arn) => !inUse.has(arn));
    await deregister(aws, old);
    count += old.length;
  }
  return count;
}

/** When an environment is destroyed: all revisions, and the traces of the deregistered ones. */
export async function deleteAllRevisions(aws: Aws, families: string[]): Promise<void> {
  for (const family of families) {
    await deregister(aws, await revisions(aws, family, 'ACTIVE'));
    const inactive = await revisions(aws, family, 'INACTIVE');
    for (let from = 0; from < inactive.length; from += DELETED_AT_ONCE)
      await aws.ecs.send(
        new DeleteTaskDefinitionsCommand({ taskDefinitions: inactive.slice(from, from + DELETED_AT_ONCE) }),
      );
  }
}

/** The newest first. */
async function revisions({ ecs }: Aws, family: string, status: 'ACTIVE' | 'INACTIVE'): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: family, status, sort: 'DESC', nextToken }),
    );
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  // The prefix is a whole family's name, but ECS says nothing about the order across pages.
  const revisionOf = (arn: string) => Number(arn.split(':').at(-1));
  return arns.filter((arn) => arn.includes(`/${family}:`)).sort((a, b) => revisionOf(b) - revisionOf(a));
}

async function deregister({ ecs }: Aws, arns: string[]): Promise<void> {
  for (const taskDefinition of arns) await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
}

import { BatchDeleteImageCommand, ListImagesCommand } from '@aws-sdk/client-ecr';
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import { type Aws, isAwsError } from './clients.ts';

/** What AWS refuses to delete, in the middle of a destruction, unless it is taken off before. */
export interface Protection {
  /** What is protected, and by what. */
  subject: string;
  /** What `remove` does, as it is announced. */
  removal: string;
  remove: () => Promise<void>;
}

/** Of everything that the environment has created. */
export async function readProtections(aws: Aws, environment: Environment): Promise<Protection[]> {
  const { loadBalancer, database, registry } = environment;
  const found = await Promise.all([
    loadBalancer.from === 'create' ? loadBalancers(aws, environment) : [],
    database.from === 'create' ? databases(aws, environment) : [],
    database.from === 'aurora' ? databaseClusters(aws, environment) : [],
    registry.from === 'create' && !registry.forceDelete ? repositories(aws, environment) : [],
  ]);
  return found.flat();
}

async function loadBalancers({ elb }: Aws, { prefix }: Environment): Promise<Protection[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const own = LoadBalancers.filter(({ LoadBalancerName: name }) => name === prefix || name === `${prefix}-internal`);
  const protections = own.map(async ({ LoadBalancerArn, LoadBalancerName }): Promise<Protection[]> => {
    const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    if (Attributes.find(({ Key }) => Key === DELETION_PROTECTION)?.Value !== 'true') return [];
    const off = [{ Key: DELETION_PROTECTION, Value: 'false' }];
    return [
      {
        subject: `load balancer ${LoadBalancerName}: deletion protection`,
        removal: 'is switched off',
        remove: async () =>
          void (await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: off }))),
      },
    ];
  });
  return (await Promise.all(protections)).flat();
}

const DELETION_PROTECTION = 'deletion_protection.enabled';

async function databases({ rds }: Aws, { prefix: DBInstanceIdentifier }: Environment): Promise<Protection[]> {
  try {
    const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    if (!DBInstances[0]?.DeletionProtection) return [];
    return [
      {
        subject: `database ${DBInstanceIdentifier}: deletion protection`,
        removal: 'is switched off',
        remove: async () =>
          void (await rds.send(
            new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: false, ApplyImmediately: true }),
          )),
      },
    ];
  } catch (error) {
    if (isAwsError(error, 'DBInstanceNotFound', 'DBInstanceNotFoundFault')) return [];
    throw error;
  }
}

async function databaseClusters({ rds }: Aws, { prefix: DBClusterIdentifier }: Environment): Promise<Protection[]> {
  try {
    const { DBClusters = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    if (!DBClusters[0]?.DeletionProtection) return [];
    return [
      {
        subject: `database cluster ${DBClusterIdentifier}: deletion protection`,
        removal: 'is switched off',
        remove: async () =>
          void (await rds.send(
            new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: false, ApplyImmediately: true }),
          )),
      },
    ];
  } catch (error) {
    if (isAwsError(error, 'DBClusterNotFound', 'DBClusterNotFoundFault')) return [];
    throw error;
  }
}

/** ECR deletes no repository that holds images. */
async function repositories(aws: Aws, environment: Environment): Promise<Protection[]> {
  const protections = Object.values(repositoryNames(environment)).map(async (name): Promise<Protection[]> => {
    const images = await imagesIn(aws, name);
    if (images.length === 0) return [];
    return [
      {
        subject: `repository ${name}: ${images.length} images`,
        removal: 'are deleted',
        remove: () => deleteImages(aws, name, images),
      },
    ];
  });
  return (await Promise.all(protections)).flat();
}

type Image = { imageDigest?: string };

async function imagesIn({ ecr }: Aws, repositoryName: string): Promise<Image[]> {
  const digests = new Set<string>();
  let nextToken: string | undefined;
  try {
    do {
      const page = await ecr.send(new ListImagesCommand({ repositoryName, nextToken }));
      for (const { imageDigest } of page.imageIds ?? []) digests.add(imageDigest!);
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    if (!isAwsError(error, 'RepositoryNotFoundException')) throw error;
  }
  return [...digests].map((imageDigest) => ({ imageDigest }));
}

const DELETED_AT_ONCE = 100;

async function deleteImages({ ecr }: Aws, repositoryName: string, images: Image[]): Promise<void> {
  for (let from = 0; from < images.length; from += DELETED_AT_ONCE) {
    const imageIds = images.slice(from, from + DELETED_AT_ONCE);
    await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
  }
}

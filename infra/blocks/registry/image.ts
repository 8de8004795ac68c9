import { DataAwsEcrImage } from '@cdktf/provider-aws/lib/data-aws-ecr-image/index.js';
import { DataAwsEcrRepository } from '@cdktf/provider-aws/lib/data-aws-ecr-repository/index.js';
import type { Construct } from 'constructs';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';

/** The image of a service, by digest: the one that is asked for, else the newest in its repository. */
export function imageReference(scope: Construct, environment: Environment, service: ServiceName): string {
  const { image } = environment.services[service];
  if (image !== undefined) return image;
  const repository = new DataAwsEcrRepository(scope, `${service}-repository`, {
    name: repositoryNames(environment)[service],
  });
  const newest = new DataAwsEcrImage(scope, `${service}-image`, { repositoryName: repository.name, mostRecent: true });
  return `${repository.repositoryUrl}@${newest.imageDigest}`;
}

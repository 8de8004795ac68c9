import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import type { Construct } from 'constructs';
import { type Environment, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import type { NewRegistry } from '../../environments/settings/registry.ts';

/** @returns the repositories' URLs */
export function createRepositories(
  scope: Construct,
  environment: Environment,
  settings: NewRegistry,
): Record<ServiceName, string> {
  const names = repositoryNames(environment);
  const urls = serviceNames.map(
    (service) => [service, createRepository(scope, service, names[service], settings)] as const,
  );
  return Object.fromEntries(urls) as Record<ServiceName, string>;
}

function createRepository(scope: Construct, id: string, name: string, settings: NewRegistry): string {
  const repository = new EcrRepository(scope, id, {
    name,
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: [{ encryptionType: 'AES256' }],
    forceDelete: settings.forceDelete,
  });
  new EcrLifecyclePolicy(scope, `${id}-lifecycle`, { repository: repository.name, policy: lifecycle(settings) });
  return repository.repositoryUrl;
}

const lifecycle = ({ keepImages, untaggedDays }: NewRegistry): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: 'Untagged images expire',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: untaggedDays,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'The newest images are kept',
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: keepImages },
        action: { type: 'expire' },
      },
    ],
  });

import { serviceNames, type ServiceName } from '../../environments/environment.ts';
import { repositoryNames } from '../../environments/names.ts';
import { instanceTypeOf } from '../../sizing/capacity.ts';
import { imageDigest, registryLogin, repositoryUri } from '../aws/repository.ts';
import type { Deployment } from '../deployment.ts';
import { Docker } from '../local/docker.ts';
import { provenance, sourceTag } from '../local/source.ts';
import type { OnProgress, Step } from './step.ts';

/** Both images, built and pushed; a tag that is there already was pushed by an earlier try. */
export const images: Step = {
  title: 'Images',
  skip: ({ images }) => (images.api && images.gateway ? 'API_IMAGE and GATEWAY_IMAGE name them' : undefined),
  run: async (deployment, onProgress) => {
    const tag = sourceTag();
    for (const service of serviceNames)
      deployment.images[service] ??= await image(deployment, service, tag, onProgress);
    return tag;
  },
};

async function image(
  deployment: Deployment,
  service: ServiceName,
  tag: string,
  onProgress: OnProgress,
): Promise<string> {
  const { aws, environment, variables, log } = deployment;
  const repository = repositoryNames(environment)[service];
  const uri = await repositoryUri(aws, repository);
  const pushed = await imageDigest(aws, repository, tag);
  if (pushed) return `${uri}@${pushed}`;
  const docker = new Docker((line) => {
    log.write(`${line}\n`);
    onProgress(`${service}: ${line}`);
  });
  const platform = instanceTypeOf(environment)?.architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  const name = `${uri}:${tag}`;
  await docker.build({ service, name, platform, commit: tag, labels: provenance(), baseImage: variables.BASE_IMAGE });
  const { user, password } = await registryLogin(aws);
  await docker.login(uri.split('/')[0]!, user, password);
  await docker.push(name);
  const digest = await imageDigest(aws, repository, tag);
  if (!digest) throw new Error(`docker push of ${name} ended well, but the registry has no such image.`);
  return `${uri}@${digest}`;
}

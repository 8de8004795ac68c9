import { DescribeImagesCommand, DescribeRepositoriesCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { type Aws, isAwsError } from './clients.ts';

/** @returns where images of this repository are pushed to */
export async function repositoryUri({ ecr }: Aws, name: string): Promise<string> {
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
  return repositories![0]!.repositoryUri!;
}

/** @returns the digest of a tag's image; undefined where nothing was pushed under it */
export async function imageDigest({ ecr }: Aws, repositoryName: string, imageTag: string): Promise<string | undefined> {
  try {
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    return imageDetails?.[0]?.imageDigest;
  } catch (error) {
    if (isAwsError(error, 'ImageNotFoundException')) return undefined;
    throw error;
  }
}

/** What `docker login` is given; good for 12 hours. */
export async function registryLogin({ ecr }: Aws): Promise<{ user: string; password: string }> {
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand());
  const token = Buffer.from(authorizationData![0]!.authorizationToken!, 'base64').toString();
  const colon = token.indexOf(':');
  return { user: token.slice(0, colon), password: token.slice(colon + 1) };
}

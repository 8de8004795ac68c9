/**
 * Stands for the docker command before the emulated AWS, whose registry keeps manifests only: writes down how it was
 * called, and ends a push as docker does, with the image under its tag.
 */
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';

const [verb = '', ...args] = process.argv.slice(2);
if (verb === 'version') process.stdout.write('amd64\n');
else appendFileSync(process.env.DOCKER_CALLS!, `${[verb, ...args].join(' ')}\n`);

if (verb === 'push') {
  const [, repositoryName, imageTag] = /^[^/]+\/(.+):([^:]+)$/.exec(args.at(-1)!)!;
  const digest = `sha256:${createHash('sha256').update(args.at(-1)!).digest('hex')}`;
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const layer = { mediaType, size: 1, digest };
  const manifest = { schemaVersion: 2, mediaType, config: layer, layers: [layer] };
  await new ECRClient({}).send(
    new PutImageCommand({ repositoryName, imageTag, imageManifest: JSON.stringify(manifest) }),
  );
}

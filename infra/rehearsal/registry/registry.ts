import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../../test/support/program.ts';
import { ApiError, corrected, type Handler, json } from '../control-plane/proxy.ts';

const FIRST_PORT = 5211;
const MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** An image registry on this machine, and ECR's operations that lead to it. Layers stay from one rehearsal to the next. */
export class Registry {
  readonly host: string;
  private process: ChildProcess | undefined;
  /** When a tag was first seen: the registry does not keep it. */
  private readonly pushedAt = new Map<string, number>();

  /** @param slot the rehearsal's number on this machine */
  constructor(slot: number) {
    this.host = `127.0.0.1:${FIRST_PORT + slot}`;
  }

  async start(): Promise<void> {
    if (await this.responds())
      throw new Error(`Another program listens at ${this.host}, where the image registry is to.`);
    const folder = mkdtempSync(join(tmpdir(), 'stockroom-registry-'));
    const storage = join(tmpdir(), 'stockroom-rehearsal-images');
    mkdirSync(storage, { recursive: true });
    const config = {
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
      http: { addr: this.host },
    };
    // JSON is YAML.
    writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
    const [command, ...args] = program('docker-registry', { folders: [folder, storage] });
    this.process = spawn(command, [...args, 'serve', join(folder, 'config.yml')], { stdio: 'ignore' });
    for (let n = 0; n < 100; n++) {
      if (await this.responds()) return;
      await sleep(100);
    }
    throw new Error(`The image registry does not answer at ${this.host}.`);
  }

  stop(): void {
    this.process?.kill();
  }

  private responds = (): Promise<boolean> =>
    fetch(`http://${this.host}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );

  handlers(): Record<string, Handler> {
    const here: Handler = (_, forward) =>
      corrected(forward(), (value) => Object.assign(value, JSON.parse(this.moved(JSON.stringify(value)))));
    return {
      'ecr.CreateRepository': here,
      'ecr.DescribeRepositories': here,
      'ecr.GetAuthorizationToken': here,
      'ecr.DescribeImages': async ({ input }) => {
        const images = await this.images(input.repositoryName, input.imageIds);
        if (input.imageIds && images.length === 0)
          throw new ApiError(
            'ImageNotFoundException',
            `The image requested does not exist in ${input.repositoryName}.`,
          );
        return json({ imageDetails: images });
      },
    };
  }

  private moved = (text: string): string =>
    text
      .replace(/https:\/\/\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/g, `http://${this.host}`)
      .replace(/\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/g, this.host);

  private async images(repository: string, ids?: { imageTag?: string; imageDigest?: string }[]): Promise<object[]> {
    const listed = await fetch(`http://${this.host}/v2/${repository}/tags/list`);
    const { tags } = listed.ok ? ((await listed.json()) as { tags: string[] | null }) : { tags: [] };
    const found = await Promise.all(
      (tags ?? []).map(async (tag) => {
        const url = `http://${this.host}/v2/${repository}/manifests/${tag}`;
        const { headers } = await fetch(url, { method: 'HEAD', headers: { accept: MANIFESTS } });
        const seen = this.pushedAt.get(`${repository}:${tag}`) ?? Date.now();
        this.pushedAt.set(`${repository}:${tag}`, seen);
        return {
          registryId: '123456789012',
          repositoryName: repository,
          imageDigest: headers.get('docker-content-digest')!,
          imageTags: [tag],
          imageSizeInBytes: Number(headers.get('content-length')),
          imagePushedAt: seen / 1000,
        };
      }),
    );
    return ids
      ? found.filter((image) =>
          ids.some(({ imageTag, imageDigest }) => image.imageTags[0] === imageTag || image.imageDigest === imageDigest),
        )
      : found;
  }
}

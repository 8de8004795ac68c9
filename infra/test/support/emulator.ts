import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulatorShim } from './emulator-shim.ts';

const DEADLINE_MS = 60_000;

/** An AWS that forgets everything when it is stopped. */
export class Emulator {
  private constructor(
    private readonly moto: ChildProcess,
    private readonly shim: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Emulator> {
    const port = await freePort();
    const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };
    const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env });
    const shim = emulatorShim(port);
    await new Promise<void>((resolve) => shim.listen(0, '127.0.0.1', resolve));
    const emulator = new Emulator(moto, shim, `http://127.0.0.1:${(shim.address() as AddressInfo).port}`);
    await emulator.answers();
    return emulator;
  }

  /** For Terraform and everything else that speaks to AWS. */
  get variables(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** One call of a JSON protocol, such as `call('ecs', 'AmazonEC2ContainerServiceV20141113.ListServices', {…})`. */
  async call(service: string, target: string, input: object): Promise<any> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': target,
        // The emulator reads the service from it, and checks nothing.
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
      },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${target}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** As `docker push` does at its end. */
  async pushImage(repositoryName: string, layer: string): Promise<void> {
    const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
    const digest = `sha256:${Buffer.from(layer).toString('hex').padEnd(64, '0').slice(0, 64)}`;
    const manifest = { schemaVersion: 2, mediaType, config: { mediaType, size: 1, digest }, layers: [] };
    await this.call('ecr', 'AmazonEC2ContainerRegistry_V20150921.PutImage', {
      repositoryName,
      imageTag: layer,
      imageManifest: JSON.stringify(manifest),
    });
  }

  async stop(): Promise<void> {
    const hasEnded = once(this.moto, 'exit');
    this.moto.kill();
    await hasEnded;
    this.shim.closeAllConnections();
    await new Promise((resolve) => this.shim.close(resolve));
  }

  private async answers(): Promise<void> {
    const end = Date.now() + DEADLINE_MS;
    for (;;) {
      const isThere = await fetch(`${this.url}/moto-api/data.json`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (isThere) return;
      if (Date.now() > end) throw new Error('moto_server does not answer');
      await sleep(200);
    }
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

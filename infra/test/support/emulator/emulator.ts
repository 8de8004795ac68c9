import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../program.ts';
import { accountVariables } from './account-variables.ts';
import { freePort } from './free-port.ts';
import type { EcsOutcome } from './corrections.ts';
import { emulatorShim } from './shim.ts';

const DEADLINE_MS = 60_000;

/** An AWS that forgets everything when it is stopped. */
export class Emulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly ecsOutcome: EcsOutcome;
  /** Actions of IAM and ECS that the caller may not use. */
  readonly denied: Set<string>;
  private readonly moto: ChildProcess;
  private readonly shim: Server;

  private constructor(moto: ChildProcess, shim: Server, url: string, ecsOutcome: EcsOutcome, denied: Set<string>) {
    this.moto = moto;
    this.shim = shim;
    this.url = url;
    this.ecsOutcome = ecsOutcome;
    this.denied = denied;
  }

  static async start(): Promise<Emulator> {
    const port = await freePort();
    // Services have the tasks that they want from the first moment on, as many as any environment asks for.
    const settings = {
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ECS_SERVICE_RUNNING: '2',
      MOTO_ACM_VALIDATION_WAIT: '1',
    };
    const env = { ...process.env, ...settings };
    const [command, ...args] = program('moto_server', { variables: Object.keys(settings) });
    const moto = spawn(command, [...args, '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env });
    const outcome: EcsOutcome = { instanceId: '', exitCode: 0, rolloutState: 'COMPLETED' };
    const denied = new Set<string>();
    const shim = emulatorShim(port, outcome, denied);
    await new Promise<void>((resolve) => shim.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(shim.address() as AddressInfo).port}`;
    const emulator = new Emulator(moto, shim, url, outcome, denied);
    await emulator.answers();
    outcome.instanceId = await emulator.startInstance();
    return emulator;
  }

  get variables(): Record<string, string> {
    return accountVariables(this.url);
  }

  async stop(): Promise<void> {
    const hasEnded = once(this.moto, 'exit');
    this.moto.kill();
    await hasEnded;
    this.shim.closeAllConnections();
    await new Promise((resolve) => this.shim.close(resolve));
  }

  /** Registered in no cluster yet. */
  private async startInstance(): Promise<string> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const ec2 = new EC2Client({ endpoint: this.url, region: 'us-east-1', credentials });
    const { Instances } = await ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 }),
    );
    return Instances![0]!.InstanceId!;
  }

  private async answers(): Promise<void> {
    const end = Date.now() + DEADLINE_MS;
    for (;;) {
      const isThere = await fetch(`${this.url}/moto-api/data.json`).then(
        (response) => response.ok,
        () => false,
      );
      if (isThere) return;
      if (Date.now() > end) throw new Error('moto_server does not response');
      await sleep(200);
    }
  }
}

import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { terraformVariables } from './terraform.ts';

const run = promisify(execFile);

/** The cdktf command, as a person types it, in a folder of its own: its state is kept there. */
export class Cdktf {
  readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-deploy-'));

  constructor(private readonly variables: Record<string, string>) {
    const app = `${process.execPath} ${resolve('infra/main.ts')}`;
    const settings = { language: 'typescript', app, projectId: 'stockroom', sendCrashReports: 'false' };
    writeFileSync(join(this.folder, 'cdktf.json'), JSON.stringify(settings));
  }

  deploy = (...stacks: string[]) => this.cdktf('deploy', '--auto-approve', '--skip-provider-lock', ...stacks);
  destroy = (...stacks: string[]) => this.cdktf('destroy', '--auto-approve', '--skip-provider-lock', ...stacks);

  /** @throws with all that the command printed */
  private async cdktf(...args: string[]): Promise<void> {
    const env = { ...process.env, ...terraformVariables(), ...this.variables };
    const command = resolve('node_modules/cdktf-cli/bundle/bin/cdktf');
    await run(process.execPath, [command, ...args], { cwd: this.folder, env, maxBuffer: 64 * 1024 ** 2 }).catch(
      (error: { stdout: string; stderr: string }) => {
        throw new Error(`cdktf ${args.join(' ')}\n${error.stdout.slice(-8000)}\n${error.stderr.slice(-4000)}`);
      },
    );
  }
}

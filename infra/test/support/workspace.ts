import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { terraformVariables } from './terraform.ts';

/** Ends what has gone wrong before a whole run waits for it. */
const TIMEOUT_MS = 840_000;

export interface CommandResult {
  code: number | null;
  /** Everything that was printed. */
  output: string;
}

/** The workspace of a person who deploys: a folder for Terraform's state, variables, and a docker command. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-deploy-'));
  private readonly dockerLog = join(this.folder, 'docker-calls');
  private readonly variables: NodeJS.ProcessEnv;

  constructor(variables: Record<string, string>) {
    const app = `${process.execPath} ${resolve('infra/main.ts')}`;
    const settings = { language: 'typescript', app, projectId: 'stockroom', sendCrashReports: 'false' };
    writeFileSync(join(this.folder, 'cdktf.json'), JSON.stringify(settings));
    writeFileSync(this.dockerLog, '');
    const path = `${this.binaries()}${delimiter}${process.env.PATH}`;
    this.variables = {
      ...process.env,
      ...terraformVariables(),
      PATH: path,
      DOCKER_CALLS: this.dockerLog,
      // The emulated account has no instances, and moto simulates no role.
      PREFLIGHT: 'false',
      ...variables,
    };
  }

  /** `npm run <command> -- …`, with some variables of this time only. */
  async run(
    command: string,
    args: string[],
    variables: Record<string, string> = {},
    input = '',
  ): Promise<CommandResult> {
    const program = [resolve('infra/deploy/main.ts'), command, ...args];
    const env = { ...this.variables, ...variables };
    const child = spawn(process.execPath, program, { cwd: this.folder, env, timeout: TIMEOUT_MS });
    child.stdin.end(input);
    const printed = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, output: (await printed).join('') };
  }

  /** How docker was called so far. */
  get dockerCalls(): string[] {
    return readFileSync(this.dockerLog, 'utf8').split('\n').filter(Boolean);
  }

  private binaries(): string {
    const folder = join(this.folder, 'bin');
    mkdirSync(folder);
    const standIn = resolve('infra/test/support/emulator/docker-stand-in.ts');
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\nexec ${process.execPath} ${standIn} "$@"\n`);
    chmodSync(join(folder, 'docker'), 0o755);
    return folder;
  }
}

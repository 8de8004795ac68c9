import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The niceness of a rehearsal's own processes. */
export const PRIORITY = -5;

export interface RunOptions {
  input?: string;
  /** Of this time only. */
  variables?: NodeJS.ProcessEnv;
  /** Shows what it prints, as it prints it. */
  onLine?: (line: string) => void;
}

export interface Ended {
  code: number | null;
  output: string;
}

/**
 * `npm run deploy` and its sisters, unchanged, from a folder of their own: Terraform's state is kept there. They see the
 * rehearsed account because of `AWS_ENDPOINT_URL`, and its names because a mount namespace gives them another resolv.conf.
 */
export class DeployCommand {
  readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-rehearsal-'));
  readonly variables: NodeJS.ProcessEnv;

  constructor(variables: NodeJS.ProcessEnv, resolver: string) {
    const app = `${process.execPath} ${join(ROOT, 'infra/main.ts')}`;
    const settings = { language: 'typescript', app, projectId: 'stockroom', sendCrashReports: 'false' };
    writeFileSync(join(this.folder, 'cdktf.json'), JSON.stringify(settings));
    writeFileSync(join(this.folder, 'resolv.conf'), `nameserver ${resolver}\n`);
    // Debian's docker command has BuildKit built in; another one first on the path may want a plug-in.
    const PATH = `/usr/bin:${process.env.PATH}`;
    this.variables = { ...process.env, PATH, CHECKPOINT_DISABLE: '1', ...variables };
  }

  run = (command: string, args: string[], options: RunOptions = {}): Promise<Ended> =>
    this.spawn([process.execPath, join(ROOT, 'infra/deploy/main.ts'), command, ...args], options);

  /** Any program that is to see the account's names. */
  spawn(program: string[], { input = '', variables = {}, onLine }: RunOptions = {}): Promise<Ended> {
    const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
    const child = spawn(
      'nice',
      ['-n', String(-PRIORITY), 'unshare', '--mount', 'sh', '-c', script, join(this.folder, 'resolv.conf'), ...program],
      {
        cwd: this.folder,
        env: { ...this.variables, ...variables },
      },
    );
    child.stdin.on('error', () => undefined).end(input);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        onLine?.(line);
      });
    return new Promise((done, failed) => {
      child.on('error', failed).on('close', (code) => done({ code, output: lines.join('\n') }));
    });
  }

  /** Leaves only the log of Terraform and Docker, beside the project; there is none where the command did not start. */
  end(to: string): void {
    const logs = join(this.folder, '.stockroom/deploy');
    if (existsSync(logs)) cpSync(logs, to, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true });
  }
}

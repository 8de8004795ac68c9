import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { isOnPath } from './program.ts';

const run = promisify(execFile);
const PROVIDER = 'registry.terraform.io/hashicorp/aws/5.100.0';

/** A filesystem mirror that holds the provider: `TERRAFORM_PROVIDERS`, else one in the usual places. */
function mirror(): string | undefined {
  const named = process.env.TERRAFORM_PROVIDERS;
  const usual = ['/opt', '/usr/share/terraform', '/usr/local/share/terraform', join(homedir(), '.terraform.d')];
  const candidates = usual.filter(existsSync).flatMap((root) => readdirSync(root).map((folder) => join(root, folder)));
  return [...(named ? [named] : []), ...candidates].find((folder) => existsSync(join(folder, PROVIDER)));
}

/** What is missing for running Terraform here; undefined: nothing. */
export function missingForTerraform(commands: string[]): string | undefined {
  const command = commands.find((it) => !isOnPath(it));
  if (command) return `${command} is not on the path`;
  if (!mirror()) return `no folder holds ${PROVIDER}; name one in TERRAFORM_PROVIDERS`;
  return undefined;
}

/** Takes Terraform's provider from the mirror and nothing from the network. */
export function terraformVariables(): Record<string, string> {
  const config = join(mkdtempSync(join(tmpdir(), 'stockroom-terraform-')), 'config.tfrc');
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror())}\n  }\n}\n`,
  );
  return { TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}

/**
 * The provider as one process that all of Terraform's commands share: each would otherwise start its own, which is most of
 * the time of a plan. It reads the account's variables itself.
 */
export class SharedProvider {
  readonly variables: Record<string, string>;
  private readonly process: ChildProcess;

  private constructor(process: ChildProcess, TF_REATTACH_PROVIDERS: string) {
    this.process = process;
    this.variables = { TF_REATTACH_PROVIDERS };
  }

  static async start(account: Record<string, string>): Promise<SharedProvider> {
    const folder = join(mirror()!, PROVIDER, `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`);
    const [program] = readdirSync(folder).filter((file) => file.startsWith('terraform-provider-aws'));
    // With a bundle it can be configured once only, and the account's endpoint is plain HTTP.
    const env = { ...process.env, ...account, AWS_CA_BUNDLE: '' };
    const child = spawn(join(folder, program!), ['-debug'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: child.stdout })) {
      const [, reattach] = /TF_REATTACH_PROVIDERS='(.+)'/.exec(line) ?? [];
      if (reattach) return new SharedProvider(child, reattach);
    }
    throw new Error(`${program} ended before it could be used.`);
  }

  stop(): void {
    this.process.kill();
  }
}

/** @param variables instead of the process's own */
export const terraform = (
  folder: string,
  variables: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ stdout: string; stderr: string }> =>
  run('terraform', args, { cwd: folder, env: variables, maxBuffer: 64 * 1024 ** 2 });

export interface PlannedChange {
  type: string;
  address: string;
  change: any;
}

/** What Terraform would change in a stack, in the folder where it was initialised. */
export async function plannedChanges(folder: string, variables: NodeJS.ProcessEnv): Promise<PlannedChange[]> {
  const terra = (...args: string[]) => terraform(folder, variables, ...args);
  await terra('plan', '-input=false', '-lock=false', '-out=plan');
  const { resource_changes } = JSON.parse((await terra('show', '-json', 'plan')).stdout);
  return resource_changes.filter(({ change }: PlannedChange) => !/^(no-op|read)$/.test(change.actions.join()));
}

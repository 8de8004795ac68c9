import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROVIDER = 'registry.terraform.io/hashicorp/aws/5.100.0';

/** A filesystem mirror that holds the provider: `TERRAFORM_PROVIDERS`, else one in the usual places. */
function mirror(): string | undefined {
  const named = process.env.TERRAFORM_PROVIDERS;
  const usual = ['/opt', '/usr/share/terraform', '/usr/local/share/terraform', join(homedir(), '.terraform.d')];
  const candidates = usual.filter(existsSync).flatMap((root) => readdirSync(root).map((folder) => join(root, folder)));
  return [...(named ? [named] : []), ...candidates].find((folder) => existsSync(join(folder, PROVIDER)));
}

const isOnPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

/** What is missing for running Terraform here; undefined: nothing. */
export function missingForTerraform(commands: string[]): string | undefined {
  const command = commands.find((it) => !isOnPath(it));
  if (command) return `${command} is not on the path`;
  if (!mirror()) return `no folder holds ${PROVIDER}; name one in TERRAFORM_PROVIDERS`;
  return undefined;
}

/** `describe` where everything is there; else a line that says what is missing, or in CI a failure. */
export function describeWithTerraform(name: string, body: () => void, alsoNeeded: string[] = []): void {
  const missing = missingForTerraform(['terraform', ...alsoNeeded]);
  if (missing === undefined) return describe(name, body);
  if (process.env.CI === 'true')
    return describe(name, () => it('has what it needs', () => expect(missing).toBeUndefined()));
  process.stderr.write(`Skipped: ${name}: ${missing}.\n`);
  describe.skip(name, body);
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

/** @param variables instead of the process's own */
export const terraform = (
  folder: string,
  variables: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ stdout: string; stderr: string }> =>
  run('terraform', args, { cwd: folder, env: variables, maxBuffer: 64 * 1024 ** 2 });

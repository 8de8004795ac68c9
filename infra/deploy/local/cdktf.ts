import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand, type CommandOptions } from './command.ts';

const MODULES = resolve(import.meta.dirname, '../../../node_modules');
const PROGRAM = `${MODULES}/cdktf-cli/bundle/bin/cdktf`;
const NODE_COMPILE_CACHE = `${MODULES}/.cache/node`;

export type Outputs = Record<string, string>;

/** The cdktf command, for one environment. It asks nothing: who calls it has asked. */
export class Cdktf {
  private readonly options: CommandOptions;

  constructor(options: CommandOptions) {
    this.options = options;
  }

  /**
   * One stack; those that it depends on are there already.
   * @returns its outputs
   */
  async deploy(stack: string): Promise<Outputs> {
    const folder = mkdtempSync(join(tmpdir(), 'stockroom-outputs-'));
    try {
      const file = join(folder, 'outputs.json');
      await this.run('deploy', '--auto-approve', '--ignore-missing-stack-dependencies', '--outputs-file', file, stack);
      return existsSync(file) ? outputsIn(readFileSync(file, 'utf8'), stack) : {};
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  diff = (stack: string): Promise<void> => this.run('diff', stack);

  destroy = (): Promise<void> => this.run('destroy', '--auto-approve', '*');

  /** Without the lock of providers for other platforms: it asks Terraform's registry each time. */
  private run = (verb: string, ...args: string[]): Promise<void> =>
    // Node keeps what it has compiled of cdktf's command line: a third of its start.
    runCommand(process.execPath, [PROGRAM, verb, '--skip-provider-lock', '--no-color', ...args], {
      ...this.options,
      name: `cdktf ${verb}`,
      variables: { NODE_COMPILE_CACHE, ...this.options.variables },
    });
}

/** cdktf calls them by their constructs, which `outputs` in stacks/stack.ts gives a prefix. */
function outputsIn(json: string, stack: string): Outputs {
  const values = (JSON.parse(json) as Record<string, Outputs>)[stack] ?? {};
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id.replace(/^output-/, ''), value]));
}

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { Environment } from '../../environments/environment.ts';
import { environments } from '../../environments/index.ts';
import { createStacks } from '../../stacks/stacks.ts';

export const variables = {
  ADMIN_EMAIL: 'admin@stockroom.example',
  CERTIFICATE_ARN: 'arn:aws:acm:us-east-1:123456789012:certificate/x',
  DOMAIN_NAME: 'stockroom.example',
  ALARM_EMAIL: 'on-call@stockroom.example',
};

/** What Terraform is given for an environment: `stacks.platform`, … */
export interface Synthesised {
  stacks: Record<string, any>;
  /** Of each stack, where Terraform can be run. */
  folders: Record<string, string>;
}

/** The sandbox is synthesised without a certificate, as its reader would. */
const variablesOf = (name: string) => (name === 'production' ? variables : {});

export function synth(name: string, change: (environment: Environment) => void = () => undefined): Synthesised {
  const environment = environments[name]!(variablesOf(name));
  change(environment);
  const outdir = mkdtempSync(join(tmpdir(), 'stockroom-synth-'));
  const app = new App({ outdir });
  createStacks(app, environment);
  app.synth();
  const parts = readdirSync(join(outdir, 'stacks')).map((stack) => {
    const folder = join(outdir, 'stacks', stack);
    return [stack.slice(environment.prefix.length + 1), folder] as const;
  });
  return {
    folders: Object.fromEntries(parts),
    stacks: Object.fromEntries(
      parts.map(([part, folder]) => [part, JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'))]),
    ),
  };
}

/** All resources of a type, whichever stack they are in. */
export const all = ({ stacks }: Synthesised, type: string): any[] =>
  Object.values(stacks).flatMap((stack) => Object.values(stack.resource?.[type] ?? {}));

/** The one resource of a type that has these properties. */
export function one(synthesised: Synthesised, type: string, properties: Record<string, unknown> = {}): any {
  const found = all(synthesised, type).filter((it) =>
    Object.entries(properties).every(([name, value]) => it[name] === value),
  );
  if (found.length !== 1) throw new Error(`${found.length} of ${type} with ${JSON.stringify(properties)}`);
  return found[0];
}

/** The only container of a task definition, by the family's last word. */
export function containerOf(synthesised: Synthesised, name: string): any {
  const task = all(synthesised, 'aws_ecs_task_definition').find(({ family }) => family.endsWith(`-${name}`));
  return JSON.parse(task.container_definitions)[0];
}

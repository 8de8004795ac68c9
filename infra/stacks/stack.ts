import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { type App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment.ts';
import { stateKey } from '../environments/names.ts';

/** A stack of an environment: its provider, its tags, and where its state is kept. */
export function createStack(app: App, environment: Environment, part: string): TerraformStack {
  const { prefix, name, region, stateBucket } = environment;
  const stack = new TerraformStack(app, `${prefix}-${part}`);
  new AwsProvider(stack, 'aws', {
    region,
    defaultTags: [{ tags: { project: 'stockroom', environment: name, 'managed-by': 'cdktf' } }],
  });
  if (stateBucket) {
    new S3Backend(stack, { bucket: stateBucket, key: stateKey(environment, part), region, encrypt: true });
    // The bindings do not know it yet: a lock beside the state, without a table of its own.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  }
  return stack;
}

/** What a person or the deployment wants to know, by the name that `terraform output` shows. */
export function addOutputs(stack: TerraformStack, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values))
    new TerraformOutput(stack, `output-${name}`, { value }).overrideLogicalId(name);
}

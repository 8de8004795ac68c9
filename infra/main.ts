import { App } from 'cdktf';
import { environmentNamed } from './environments/index.ts';
import { readVariables } from './environments/variables.ts';
import { createStacks } from './stacks/stacks.ts';
import { InvalidEnvironmentError } from './validation/invalid-environment.ts';

try {
  const name = process.env.ENVIRONMENT || 'sandbox';
  const environment = environmentNamed(name, await readVariables(name));
  const app = new App();
  createStacks(app, environment);
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidEnvironmentError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

import { App } from 'cdktf';
import { environmentNamed } from './environments/index.ts';
import { createStacks } from './stacks/stacks.ts';
import { InvalidEnvironmentError } from './validation/invalid-environment.ts';

try {
  const environment = environmentNamed(process.env.ENVIRONMENT || 'sandbox');
  const app = new App();
  createStacks(app, environment);
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidEnvironmentError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

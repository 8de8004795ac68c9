import { App } from 'cdktf';
import { environments } from './environments/index.ts';
import { readVariables } from './environments/variables.ts';
import { stacks } from './stacks/stacks.ts';
import { InvalidEnvironmentError } from './validation/validate.ts';

const name = process.env.ENVIRONMENT || 'sandbox';
const environment = environments[name];
try {
  if (!environment)
    throw new InvalidEnvironmentError(name, [`ENVIRONMENT is one of ${Object.keys(environments).join(', ')}.`]);
  const app = new App();
  stacks(app, environment(readVariables(name)));
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidEnvironmentError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

import 'reflect-metadata';
import { EnvironmentError, readEnvironment } from '#service';
import { failureText } from './commands/failure.ts';
import { runMigrations } from './commands/migrate.ts';
import { printOpenApi } from './commands/print-openapi.ts';
import { runReconcile } from './commands/reconcile.ts';
import { runSeed } from './commands/seed.ts';
import { serve } from './commands/serve.ts';
import { ApiEnvironment } from './environment.ts';

/** Each may end with an exit code other than 0. */
const commands: Record<string, (environment: ApiEnvironment) => Promise<number | void>> = {
  serve,
  migrate: runMigrations,
  reconcile: runReconcile,
  seed: runSeed,
  openapi: printOpenApi,
};

const [name = 'serve'] = process.argv.slice(2);
const command = commands[name];
try {
  if (!command)
    throw new EnvironmentError([`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.`]);
  process.exitCode = (await command(readEnvironment(ApiEnvironment, process.env))) ?? 0;
} catch (error) {
  console.error(failureText(error));
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
  process.exit(1);
}

import 'reflect-metadata';
import { EnvironmentError, readEnvironment } from '#service';
import { runMigrations } from './commands/migrate.ts';
import { serve } from './commands/serve.ts';
import { AlreadyRunningError } from './database/embedded/embedded-postgres.ts';
import { ApiEnvironment } from './environment.ts';

const commands: Record<string, (environment: ApiEnvironment) => Promise<void>> = { serve, migrate: runMigrations };

const [name = 'serve'] = process.argv.slice(2);
const command = commands[name];
try {
  if (!command)
    throw new EnvironmentError([`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.`]);
  await command(readEnvironment(ApiEnvironment, process.env));
} catch (error) {
  const expected = error instanceof EnvironmentError || error instanceof AlreadyRunningError;
  console.error(expected ? error.message : error);
  process.exit(1);
}

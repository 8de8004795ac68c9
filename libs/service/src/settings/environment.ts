import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** What is wrong with the environment, every mistake in one message. */
export class EnvironmentError extends Error {
  constructor(mistakes: string[]) {
    super(`The environment is not right:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/**
 * Reads the variables that `Environment` declares, once, into a typed object. An empty variable counts as unset.
 * No message shows a value: it may be a secret.
 * @throws EnvironmentError
 */
export function readEnvironment<T extends object>(Environment: new () => T, variables: NodeJS.ProcessEnv): T {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const mistakes = validateSync(environment, { validationError: { target: false, value: false } });
  if (mistakes.length > 0) {
    // One sentence a variable. Decorators run from the bottom up: the one that is written first comes last.
    throw new EnvironmentError(mistakes.flatMap(({ constraints }) => Object.values(constraints ?? {}).slice(-1)));
  }
  return environment;
}

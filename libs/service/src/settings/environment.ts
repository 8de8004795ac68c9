import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** What is wrong with the environment, every error in one message. */
export class EnvironmentError extends Error {
  constructor(errors: string[]) {
    super(`The configuration is invalid:\n${errors.map((error) => `  - ${error}`).join('\n')}`);
  }
}

/** Old names, read for one more release. */
const RENAMED = { LOOK_AWAY_SECONDS: 'SHUTDOWN_DELAY_SECONDS', COMMIT: 'GIT_SHA' };

/** The variables under their new names, with a warning for each old one that is set. */
function renamed(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result = { ...variables };
  for (const [old, name] of Object.entries(RENAMED)) {
    if (!result[old] || result[name]) continue;
    result[name] = result[old];
    process.emitWarning(`${old} is now called ${name}. The old name will not be read by the next release.`);
  }
  return result;
}

/**
 * Reads the variables that `Environment` declares, once, into a typed object. An empty variable counts as unset.
 * No message shows a value: it may be a secret.
 * @throws EnvironmentError
 */
export function readEnvironment<T extends object>(Environment: new () => T, variables: NodeJS.ProcessEnv): T {
  const given = Object.fromEntries(Object.entries(renamed(variables)).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const errors = validateSync(environment, { validationError: { target: false, value: false } });
  if (errors.length > 0) {
    // One sentence a variable. Decorators run from the bottom up: the one that is written first comes last.
    throw new EnvironmentError(errors.flatMap(({ constraints }) => Object.values(constraints ?? {}).slice(-1)));
  }
  return environment;
}

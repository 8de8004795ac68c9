import { InvalidEnvironmentError } from '../validation/invalid-environment.ts';
import type { Environment } from './environment.ts';
import { lab } from './lab.ts';
import { production } from './production.ts';
import { sandbox } from './sandbox.ts';
import type { Variables } from './variables.ts';

export const environments: Record<string, (variables: Variables) => Environment> = { lab, production, sandbox };

/** @throws InvalidEnvironmentError where there is none of that name */
export function environmentNamed(name: string, variables: Variables): Environment {
  const make = environments[name];
  if (make) return make(variables);
  throw new InvalidEnvironmentError(name, [`An environment is one of ${Object.keys(environments).join(', ')}.`]);
}

import type { Environment } from '../environments/environment.ts';
import { blockMistakes } from './rules/blocks.ts';
import { capacityMistakes } from './rules/capacity.ts';
import { nameMistakes } from './rules/names.ts';
import { productionMistakes } from './rules/production.ts';
import { serviceMistakes } from './rules/services.ts';

/** What is wrong with an environment's settings: one sentence each, and what to write instead. */
export type Rule = (environment: Environment) => string[];

const rules: Rule[] = [nameMistakes, blockMistakes, serviceMistakes, capacityMistakes, productionMistakes];

/** All mistakes of an environment, in one message. */
export class InvalidEnvironmentError extends Error {
  readonly mistakes: string[];

  constructor(name: string, mistakes: string[]) {
    super(`The environment ${name} is not right:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** @throws InvalidEnvironmentError */
export function validate(environment: Environment): void {
  const mistakes = rules.flatMap((rule) => rule(environment));
  if (mistakes.length > 0) throw new InvalidEnvironmentError(environment.name, mistakes);
}

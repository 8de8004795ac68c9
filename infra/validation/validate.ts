import type { Environment } from '../environments/environment.ts';
import { InvalidEnvironmentError } from './invalid-environment.ts';
import { blockMistakes } from './rules/blocks.ts';
import { capacityMistakes } from './rules/capacity.ts';
import { nameMistakes } from './rules/names.ts';
import { observationMistakes } from './rules/observation.ts';
import { productionMistakes } from './rules/production.ts';
import { serviceMistakes } from './rules/services.ts';

/** What is wrong with an environment's settings: one sentence each, and what to write instead. */
export type Rule = (environment: Environment) => string[];

const rules: Rule[] = [
  nameMistakes,
  blockMistakes,
  serviceMistakes,
  capacityMistakes,
  observationMistakes,
  productionMistakes,
];

/** @throws InvalidEnvironmentError */
export function validate(environment: Environment): void {
  const mistakes = rules.flatMap((rule) => rule(environment));
  if (mistakes.length > 0) throw new InvalidEnvironmentError(environment.name, mistakes);
}

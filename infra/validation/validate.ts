import type { Environment } from '../environments/environment.ts';
import { InvalidEnvironmentError } from './invalid-environment.ts';
import { blockViolations } from './rules/blocks.ts';
import { capacityViolations } from './rules/capacity.ts';
import { mailViolations } from './rules/mail.ts';
import { nameViolations } from './rules/names.ts';
import { monitoringViolations } from './rules/monitoring.ts';
import { pipelineViolations } from './rules/pipeline.ts';
import { productionViolations } from './rules/production.ts';
import { serviceViolations } from './rules/services.ts';

/** What is wrong with an environment's settings: one sentence each, and what to write instead. */
export type Rule = (environment: Environment) => string[];

const rules: Rule[] = [
  nameViolations,
  blockViolations,
  serviceViolations,
  capacityViolations,
  mailViolations,
  monitoringViolations,
  pipelineViolations,
  productionViolations,
];

/** @throws InvalidEnvironmentError */
export function validate(environment: Environment): void {
  const violations = rules.flatMap((rule) => rule(environment));
  if (violations.length > 0) throw new InvalidEnvironmentError(environment.name, violations);
}

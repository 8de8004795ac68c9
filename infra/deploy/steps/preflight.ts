import { evaluate, report } from '../../preflight/evaluate.ts';
import { readFacts } from '../../preflight/read/read-facts.ts';
import type { Step } from './step.ts';

/** Before anything is changed: what a deployment would fail on is listed at once. */
export const preflight: Step = {
  title: 'Preflight',
  skip: ({ variables }) => (variables.PREFLIGHT === 'false' ? 'PREFLIGHT=false' : undefined),
  run: async ({ aws, environment, variables }) => {
    const findings = evaluate(environment, await readFacts(aws, environment), variables);
    const open = findings.filter(({ status }) => status === 'to do');
    if (open.length > 0) throw new Error(`${report(environment.name, open)}\n\nPREFLIGHT=false deploys all the same.`);
    return `${findings.length} checks`;
  },
};

import { evaluate, report } from '../../preflight/evaluate.ts';
import { readFacts } from '../../preflight/read/read-facts.ts';
import type { Deployment } from '../deployment.ts';

/** `npm run preflight -- <environment>`: reads the account, changes nothing, and lists what a deployment needs changed. */
export async function preflight({ aws, environment, variables }: Deployment): Promise<void> {
  const findings = evaluate(environment, await readFacts(aws, environment), variables);
  process.stdout.write(`${report(environment.name, findings)}\n`);
  if (findings.some(({ status }) => status === 'to do')) process.exitCode = 1;
}

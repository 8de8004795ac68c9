import type { Environment } from '../environments/environment.ts';
import type { Variables } from '../environments/variables.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { accountFindings, credentialFindings } from './rules/account.ts';
import { auroraFindings } from './rules/aurora.ts';
import { clusterFindings } from './rules/cluster.ts';
import { freePlanFindings } from './rules/free-plan.ts';
import { loadBalancerFindings } from './rules/load-balancer.ts';
import { machineFindings } from './rules/machine.ts';
import { networkFindings } from './rules/network.ts';
import { permissionFindings } from './rules/permissions.ts';
import { securityGroupFindings } from './rules/security-groups.ts';

/** All findings, in the order in which a deployment would meet them; without credentials there is one. */
export const evaluate = (environment: Environment, facts: Facts, variables: Variables): Finding[] =>
  'missing' in facts.identity
    ? credentialFindings(environment, facts, variables)
    : [
        ...credentialFindings(environment, facts, variables),
        ...accountFindings(environment, facts),
        ...freePlanFindings(environment, facts),
        ...auroraFindings(environment, facts),
        ...machineFindings(environment, facts),
        ...networkFindings(environment, facts),
        ...clusterFindings(environment, facts),
        ...loadBalancerFindings(environment, facts),
        ...securityGroupFindings(environment, facts),
        ...permissionFindings(environment, facts),
      ];

/** As it is printed: a line for each finding, and under each "to do" the change. */
export function report(name: string, findings: Finding[]): string {
  const marks = { passed: '✔', 'to do': '✖', 'cannot be checked': '?' };
  const lines = findings.flatMap((finding) => [
    `${marks[finding.status]} ${finding.subject}: ${finding.detail}`,
    ...(finding.status === 'to do' ? [`    → ${finding.change}`] : []),
  ]);
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const summary = `${name}: ${count('passed')} passed, ${count('to do')} to do, ${count('cannot be checked')} cannot be checked`;
  return [...lines, summary].join('\n');
}

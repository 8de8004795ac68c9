import { clusterName, serviceName, taskFamilies } from '../../environments/names.ts';
import { serviceNames } from '../../environments/environment.ts';
import { deregisterOldRevisions } from '../aws/revisions.ts';
import type { Step } from './step.ts';

/** After success: what the circuit breaker needs no more. */
export const oldRevisions: Step = {
  title: 'Old task definitions',
  run: async ({ aws, environment }) => {
    const names = [...serviceNames, ...(environment.database.from === 'container' ? ['database'] : [])];
    const services = names.map((name) => serviceName(environment, name));
    const count = await deregisterOldRevisions(aws, clusterName(environment), services, taskFamilies(environment));
    return `${count} deregistered`;
  },
};

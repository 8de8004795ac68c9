import { needsDnsStack } from '../../environments/settings/load-balancer.ts';
import { awaitCertificate } from '../aws/certificate.ts';
import { deployStack } from './stacks.ts';
import type { Step } from './step.ts';

/** A listener accepts an issued certificate only. */
export const dns: Step = {
  title: 'Certificate',
  skip: ({ environment: { loadBalancer } }) =>
    loadBalancer.from === 'create' && needsDnsStack(loadBalancer) ? undefined : 'none is requested',
  run: async (deployment, onProgress) => {
    const { certificate, name_servers } = await deployStack(deployment, 'dns', onProgress);
    if (name_servers) onProgress(`tell the domain’s registrar the name servers ${name_servers}`);
    await awaitCertificate(deployment.aws, certificate!, onProgress);
    return name_servers && `issued; the zone’s name servers are ${name_servers}`;
  },
};

import { type App, Fn, type TerraformStack } from 'cdktf';
import { createCertificate } from '../blocks/dns/certificate.ts';
import { createOrLookUpZone, type Zone } from '../blocks/dns/zone.ts';
import type { Environment } from '../environments/environment.ts';
import { needsDnsStack } from '../environments/settings/load-balancer.ts';
import { addOutputs, createStack } from './stack.ts';

export interface Dns {
  stack: TerraformStack;
  zone: Zone | undefined;
  certificateArn: string;
}

/** Before the platform, since a listener accepts an issued certificate only. Undefined where nothing is to be made. */
export function createDnsStack(app: App, environment: Environment): Dns | undefined {
  const { loadBalancer } = environment;
  if (loadBalancer.from === 'existing' || !needsDnsStack(loadBalancer)) return undefined;
  const stack = createStack(app, environment, 'dns');
  const zone = createOrLookUpZone(stack, loadBalancer);
  const certificateArn = loadBalancer.certificateArn ?? createCertificate(stack, loadBalancer.domainName!, zone);
  addOutputs(stack, {
    certificate: certificateArn,
    ...(zone?.nameServers && { name_servers: Fn.join(' ', zone.nameServers) }),
  });
  return { stack, zone, certificateArn };
}

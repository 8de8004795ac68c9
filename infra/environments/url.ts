import { type LoadBalancerSettings, usesTls } from './settings/load-balancer.ts';

/** How the world reaches the gateway, by the name of its load balancer. */
export function publicUrl(settings: LoadBalancerSettings, dnsName: string): string {
  if (settings.from === 'create') return `${usesTls(settings) ? 'https' : 'http'}://${settings.domainName ?? dnsName}`;
  const isUsual = settings.publicPort === (settings.https ? 443 : 80);
  return `${settings.https ? 'https' : 'http'}://${dnsName}${isUsual ? '' : `:${settings.publicPort}`}`;
}

import type { NewLoadBalancer } from './settings/load-balancer.ts';
import type { Variables } from './variables.ts';

/** `DNS` and `DNS_ZONE`. A word that is none of the three stays, so that validation names it. */
export const dnsSettings = ({ DNS, DNS_ZONE }: Variables): Pick<NewLoadBalancer, 'dns' | 'dnsZone'> => ({
  dns: (DNS ?? 'elsewhere') as NewLoadBalancer['dns'],
  dnsZone: DNS_ZONE,
});

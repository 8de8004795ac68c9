import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone/index.js';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone/index.js';
import type { Construct } from 'constructs';
import type { NewLoadBalancer } from '../../environments/settings/load-balancer.ts';

export interface Zone {
  id: string;
  /** Of a new zone: what the domain's registrar must be told. */
  nameServers?: string[];
}

/** The Route 53 zone that the records go into; undefined where the DNS is elsewhere. */
export function createOrLookUpZone(scope: Construct, { dns, dnsZone }: NewLoadBalancer): Zone | undefined {
  if (dns === 'elsewhere') return undefined;
  if (dns === 'existing') return { id: new DataAwsRoute53Zone(scope, 'zone', { name: dnsZone }).zoneId };
  const zone = new Route53Zone(scope, 'zone', { name: dnsZone! });
  return { id: zone.zoneId, nameServers: zone.nameServers };
}

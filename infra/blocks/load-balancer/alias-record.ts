import type { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import type { Construct } from 'constructs';
import type { Zone } from '../dns/zone.ts';

/** From the domain to the load balancer, without charge for its queries. */
export const createAliasRecord = (scope: Construct, zone: Zone, domainName: string, loadBalancer: Lb): Route53Record =>
  new Route53Record(scope, 'domain', {
    zoneId: zone.id,
    name: domainName,
    type: 'A',
    alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: false },
  });

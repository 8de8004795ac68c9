import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { Zone } from './zone.ts';

/**
 * A certificate that ACM issues, and renews, once a DNS record shows that the domain is ours. The deploy command waits for
 * it; without a zone it prints the record.
 * @returns its ARN
 */
export function createCertificate(scope: Construct, domainName: string, zone: Zone | undefined): string {
  const certificate = new AcmCertificate(scope, 'certificate', {
    domainName,
    validationMethod: 'DNS',
    // A load balancer must always have one.
    lifecycle: { createBeforeDestroy: true },
  });
  if (zone) {
    const option = (name: string) =>
      Fn.lookup(Fn.element(Fn.tolist(certificate.domainValidationOptions), 0), name) as string;
    new Route53Record(scope, 'certificate-record', {
      zoneId: zone.id,
      name: option('resource_record_name'),
      type: option('resource_record_type'),
      records: [option('resource_record_value')],
      ttl: 300,
      // A certificate that replaces another one has the same record.
      allowOverwrite: true,
    });
  }
  return certificate.arn;
}

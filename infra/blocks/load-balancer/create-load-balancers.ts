import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewLoadBalancer } from '../../environments/settings/load-balancer.ts';
import { publicUrl } from '../../environments/url.ts';
import type { SecurityGroups } from '../security-groups/security-groups.ts';
import type { Network } from '../network/network.ts';
import { createAccessLogBucket } from './access-logs.ts';
import { createAliasRecord } from './alias-record.ts';
import type { TargetGroup, LoadBalancer, LoadBalancerDns } from './load-balancer.ts';
import { createPublicListeners } from './public-listeners.ts';
import { createTargetGroup } from './target-group.ts';
import { createWebAcl } from './web-acl.ts';

/** A public one for the gateway; an internal one for the API, since a public one's name would lead its requests out of the VPC. */
export function createLoadBalancers(
  scope: Construct,
  environment: Environment,
  settings: NewLoadBalancer,
  network: Network,
  securityGroups: SecurityGroups,
  dns: LoadBalancerDns | undefined,
): LoadBalancer {
  const { prefix } = environment;
  const logs =
    settings.accessLogDays > 0 ? createAccessLogBucket(scope, environment, settings.accessLogDays) : undefined;
  const loadBalancer = (id: string, name: string, internal: boolean, subnets: string[], group: string) =>
    new Lb(scope, id, {
      name,
      internal,
      loadBalancerType: 'application',
      subnets,
      securityGroups: [group],
      idleTimeout: settings.idleSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      enableDeletionProtection: settings.deletionProtection,
      ...(logs && { accessLogs: { bucket: logs.bucket, prefix: id, enabled: true }, dependsOn: [logs.permission] }),
    });
  const { api: internalGroup, gateway: publicGroup } = securityGroups.loadBalancers!;
  const outer = loadBalancer('public', prefix, false, network.publicSubnetIds, publicGroup);
  const inner = loadBalancer('internal', `${prefix}-internal`, true, network.privateSubnetIds, internalGroup);
  const gateway = createTargetGroup(scope, environment, settings, network.vpcId, 'gateway');
  const api = createTargetGroup(scope, environment, settings, network.vpcId, 'api');
  createPublicListeners(scope, dns?.certificateArn ?? settings.certificateArn, outer.arn, gateway.arn);
  if (dns?.zone) createAliasRecord(scope, dns.zone, settings.domainName!, outer);
  if (settings.waf) createWebAcl(scope, environment, settings, outer.arn);
  new LbListener(scope, 'api-listener', {
    loadBalancerArn: inner.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'forward', targetGroupArn: api.arn }],
  });
  const targetGroupOf = (group: typeof api, { arnSuffix }: Lb): TargetGroup => ({
    arn: group.arn,
    arnSuffix: group.arnSuffix,
    loadBalancerArnSuffix: arnSuffix,
  });
  return {
    url: publicUrl(settings, outer.dnsName),
    dnsName: outer.dnsName,
    apiUrl: `http://${inner.dnsName}`,
    targetGroups: { api: targetGroupOf(api, inner), gateway: targetGroupOf(gateway, outer) },
  };
}

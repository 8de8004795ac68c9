import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewLoadBalancer } from '../../environments/settings/load-balancer.ts';
import { publicUrl } from '../../environments/url.ts';
import type { Firewall } from '../firewall/firewall.ts';
import type { Network } from '../network/network.ts';
import { accessLogs } from './access-logs.ts';
import type { Front, LoadBalancer } from './load-balancer.ts';
import { publicListeners } from './public-listeners.ts';
import { targetGroup } from './target-group.ts';

/** A public one for the gateway; an internal one for the API, since a public one's name would lead its requests out of the VPC. */
export function createLoadBalancers(
  scope: Construct,
  environment: Environment,
  settings: NewLoadBalancer,
  network: Network,
  firewall: Firewall,
): LoadBalancer {
  const { prefix } = environment;
  const logs = settings.accessLogDays > 0 ? accessLogs(scope, environment, settings.accessLogDays) : undefined;
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
  const { api: internalGroup, gateway: publicGroup } = firewall.loadBalancers!;
  const outer = loadBalancer('public', prefix, false, network.publicSubnetIds, publicGroup);
  const inner = loadBalancer('internal', `${prefix}-internal`, true, network.privateSubnetIds, internalGroup);
  const gateway = targetGroup(scope, environment, settings, network.vpcId, 'gateway');
  const api = targetGroup(scope, environment, settings, network.vpcId, 'api');
  publicListeners(scope, settings.certificateArn, outer.arn, gateway.arn);
  new LbListener(scope, 'api-listener', {
    loadBalancerArn: inner.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'forward', targetGroupArn: api.arn }],
  });
  const front = (group: typeof api, { arnSuffix }: Lb): Front => ({
    targetGroupArn: group.arn,
    targetGroupSuffix: group.arnSuffix,
    loadBalancerSuffix: arnSuffix,
  });
  return {
    url: publicUrl(settings, outer.dnsName),
    dnsName: outer.dnsName,
    apiUrl: `http://${inner.dnsName}`,
    fronts: { api: front(api, inner), gateway: front(gateway, outer) },
  };
}

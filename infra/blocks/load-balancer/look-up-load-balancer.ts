import { DataAwsLbListener } from '@cdktf/provider-aws/lib/data-aws-lb-listener/index.js';
import { DataAwsLbTargetGroup } from '@cdktf/provider-aws/lib/data-aws-lb-target-group/index.js';
import { DataAwsLb } from '@cdktf/provider-aws/lib/data-aws-lb/index.js';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import type { Construct } from 'constructs';
import type { ExistingLoadBalancer } from '../../environments/settings/load-balancer.ts';
import { publicUrl } from '../../environments/url.ts';
import type { TargetGroup, LoadBalancer } from './load-balancer.ts';

/** One shared load balancer: a rule of ours on its public listener, and a listener of ours for the API. */
export function lookUpLoadBalancer(scope: Construct, settings: ExistingLoadBalancer): LoadBalancer {
  const found = new DataAwsLb(scope, 'load-balancer', { name: settings.name });
  const targets = (service: 'api' | 'gateway') =>
    new DataAwsLbTargetGroup(scope, `${service}-targets`, { name: settings.targetGroups[service] });
  const [api, gateway] = [targets('api'), targets('gateway')];
  const listener = new DataAwsLbListener(scope, 'public-listener', {
    loadBalancerArn: found.arn,
    port: settings.publicPort,
  });
  new LbListenerRule(scope, 'public-rule', {
    listenerArn: listener.arn,
    priority: settings.rulePriority,
    condition: [{ pathPattern: { values: ['/*'] } }],
    action: [{ type: 'forward', targetGroupArn: gateway.arn }],
  });
  new LbListener(scope, 'api-listener', {
    loadBalancerArn: found.arn,
    port: settings.apiPort,
    protocol: 'HTTP',
    defaultAction: [{ type: 'forward', targetGroupArn: api.arn }],
  });
  const targetGroupOf = (group: typeof api): TargetGroup => ({
    arn: group.arn,
    arnSuffix: group.arnSuffix,
    loadBalancerArnSuffix: found.arnSuffix,
  });
  return {
    url: publicUrl(settings, found.dnsName),
    dnsName: found.dnsName,
    apiUrl: `http://${found.dnsName}:${settings.apiPort}`,
    targetGroups: { api: targetGroupOf(api), gateway: targetGroupOf(gateway) },
  };
}

import { DataAwsLbListener } from '@cdktf/provider-aws/lib/data-aws-lb-listener/index.js';
import { DataAwsLbTargetGroup } from '@cdktf/provider-aws/lib/data-aws-lb-target-group/index.js';
import { DataAwsLb } from '@cdktf/provider-aws/lib/data-aws-lb/index.js';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import type { Construct } from 'constructs';
import { type ExistingLoadBalancer, SOURCES_PER_RULE } from '../../environments/settings/load-balancer.ts';
import { publicUrl } from '../../environments/url.ts';
import type { TargetGroup, LoadBalancer } from './load-balancer.ts';

/** One shared load balancer: a rule of ours on its public listener, and a listener or rules of ours for the API. */
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
  routeToApi(scope, settings, found.arn, listener.arn, api.arn);
  const targetGroupOf = (group: typeof api): TargetGroup => ({
    arn: group.arn,
    arnSuffix: group.arnSuffix,
    loadBalancerArnSuffix: found.arnSuffix,
  });
  return {
    url: publicUrl(settings, found.dnsName),
    dnsName: found.dnsName,
    apiUrl:
      settings.apiListener === 'shared'
        ? publicUrl(settings, found.dnsName)
        : `http://${found.dnsName}:${settings.apiPort}`,
    targetGroups: { api: targetGroupOf(api), gateway: targetGroupOf(gateway) },
  };
}

/** The API is reached through a new listener, an existing one, or the public one, where the source address tells its requests apart. */
function routeToApi(
  scope: Construct,
  { apiListener, apiPort, apiRulePriority, apiSources }: ExistingLoadBalancer,
  loadBalancerArn: string,
  publicListenerArn: string,
  targetGroupArn: string,
): void {
  const forward = [{ type: 'forward', targetGroupArn }];
  const forbidden = [{ type: 'fixed-response', fixedResponse: { contentType: 'text/plain', statusCode: '403' } }];
  const listenerArn = {
    create: () =>
      new LbListener(scope, 'api-listener', {
        loadBalancerArn,
        port: apiPort,
        protocol: 'HTTP',
        defaultAction: apiSources.length > 0 ? forbidden : forward,
      }).arn,
    existing: () => new DataAwsLbListener(scope, 'api-listener', { loadBalancerArn, port: apiPort }).arn,
    shared: () => publicListenerArn,
  }[apiListener]();
  const conditions =
    apiSources.length > 0
      ? chunksOf(apiSources, SOURCES_PER_RULE).map((values) => ({ sourceIp: { values } }))
      : apiListener === 'existing'
        ? [{ pathPattern: { values: ['/*'] } }]
        : [];
  for (const [index, condition] of conditions.entries())
    new LbListenerRule(scope, `api-rule-${index}`, {
      listenerArn,
      priority: apiRulePriority + index,
      condition: [condition],
      action: forward,
    });
}

const chunksOf = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

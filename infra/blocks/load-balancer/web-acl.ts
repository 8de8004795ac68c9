import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import type { NewLoadBalancer } from '../../environments/settings/load-balancer.ts';

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/**
 * AWS WAF in front of the public load balancer: the managed common rules, and a limit for each client address. Of the
 * common rules the one on body size only counts: imports are larger than the 8 KiB that it allows.
 */
export function createWebAcl(
  scope: Construct,
  { prefix }: Environment,
  { wafRequestsPerFiveMinutes }: NewLoadBalancer,
  loadBalancerArn: string,
): void {
  const acl = new Wafv2WebAcl(scope, 'web-acl', {
    name: prefix,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility(prefix),
  });
  TerraformStack.of(scope).addOverride(`resource.aws_wafv2_web_acl.${acl.friendlyUniqueId}.rule`, [
    rule('requests-per-address', 0, `${prefix}-requests-per-address`, {
      action: { block: {} },
      statement: { rate_based_statement: { limit: wafRequestsPerFiveMinutes, aggregate_key_type: 'IP' } },
    }),
    rule('common-rules', 1, `${prefix}-common-rules`, {
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          vendor_name: 'AWS',
          name: 'AWSManagedRulesCommonRuleSet',
          rule_action_override: { name: 'SizeRestrictions_BODY', action_to_use: { count: {} } },
        },
      },
    }),
  ]);
  new Wafv2WebAclAssociation(scope, 'web-acl-association', { resourceArn: loadBalancerArn, webAclArn: acl.arn });
}

/** The bindings accept rules as any object and do not convert its names, so they have Terraform's. */
const rule = (name: string, priority: number, metric: string, rest: object): object => ({
  name,
  priority,
  ...rest,
  visibility_config: {
    cloudwatch_metrics_enabled: true,
    metric_name: metric,
    sampled_requests_enabled: true,
  },
});

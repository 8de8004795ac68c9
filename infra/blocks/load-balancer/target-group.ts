import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { Construct } from 'constructs';
import { paths, ports } from '#runtime';
import type { Environment, ServiceName } from '../../environments/environment.ts';
import { targetGroupNames } from '../../environments/names.ts';
import type { NewLoadBalancer } from '../../environments/settings/load-balancer.ts';

export function createTargetGroup(
  scope: Construct,
  environment: Environment,
  { targetType, deregistrationDelaySeconds, healthCheck }: NewLoadBalancer,
  vpcId: string,
  service: ServiceName,
): LbTargetGroup {
  return new LbTargetGroup(scope, `${service}-targets`, {
    name: targetGroupNames(environment)[service],
    vpcId,
    targetType,
    port: ports[service],
    protocol: 'HTTP',
    deregistrationDelay: String(deregistrationDelaySeconds),
    healthCheck: {
      path: paths.ready,
      matcher: '200',
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
    },
  });
}

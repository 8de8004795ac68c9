import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import type { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

/** ECS has no metric for tasks that it cannot place or start; it sends events instead. */
const EVENTS = ['SERVICE_TASK_PLACEMENT_FAILURE', 'SERVICE_TASK_START_IMPAIRED', 'SERVICE_DEPLOYMENT_FAILED'];

export function createPlacementEvents(
  scope: Construct,
  { prefix }: Environment,
  services: EcsService[],
  topicArn: string,
): void {
  const rule = new CloudwatchEventRule(scope, 'placement-failures', {
    name: `${prefix}-placement-failures`,
    description: 'ECS cannot place or start the tasks of a service, or a deployment has failed.',
    eventPattern: JSON.stringify({
      source: ['aws.ecs'],
      'detail-type': ['ECS Service Action', 'ECS Deployment State Change'],
      resources: services.map(({ id }) => id),
      detail: { eventName: EVENTS },
    }),
  });
  new CloudwatchEventTarget(scope, 'placement-failures-topic', { rule: rule.name, arn: topicArn });
}

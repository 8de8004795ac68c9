import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';

/** @returns the ARN of the topic that alarms go to */
export function createAlarmTopic(scope: Construct, { prefix, monitoring }: Environment): string {
  const topic = new SnsTopic(scope, 'alarms', { name: `${prefix}-alarms` });
  if (monitoring.alarmEmail)
    new SnsTopicSubscription(scope, 'alarms-email', {
      topicArn: topic.arn,
      protocol: 'email',
      endpoint: monitoring.alarmEmail,
    });
  return topic.arn;
}

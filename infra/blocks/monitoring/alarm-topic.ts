import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
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
  new SnsTopicPolicy(scope, 'alarms-publishers', {
    arn: topic.arn,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'].map((Service) => ({
        Effect: 'Allow',
        Principal: { Service },
        Action: 'sns:Publish',
        Resource: topic.arn,
      })),
    }),
  });
  return topic.arn;
}

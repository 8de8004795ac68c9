import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { logGroupName } from '../../environments/names.ts';

/** @returns the ARN of the log group of a container */
export const createLogGroup = (scope: Construct, environment: Environment, container: string): string =>
  new CloudwatchLogGroup(scope, `${container}-logs`, {
    name: logGroupName(environment, container),
    retentionInDays: environment.monitoring.logDays,
  }).arn;

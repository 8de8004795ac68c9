import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { permissionsBoundary, policyDocument, trustPolicy } from '../roles/policy.ts';

/** Rejected connections of the VPC: what a security group refused, and who tried. */
export function createFlowLogs(scope: Construct, environment: Environment, vpcId: string, days: number): void {
  const { prefix } = environment;
  const group = new CloudwatchLogGroup(scope, 'flow-logs-group', { name: `/${prefix}/vpc`, retentionInDays: days });
  const account = new DataAwsCallerIdentity(scope, 'flow-logs-account');
  const role = new IamRole(scope, 'flow-logs-role', {
    name: `${prefix}-flow-logs`,
    assumeRolePolicy: trustPolicy('vpc-flow-logs.amazonaws.com', account.accountId),
    permissionsBoundary: permissionsBoundary(environment),
  });
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'];
  new IamRolePolicy(scope, 'flow-logs-policy', {
    name: 'write-flow-logs',
    role: role.name,
    policy: policyDocument([{ actions, resources: [group.arn, `${group.arn}:*`] }]),
  });
  new FlowLog(scope, 'flow-logs', {
    vpcId,
    trafficType: 'REJECT',
    logDestinationType: 'cloud-watch-logs',
    logDestination: group.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: 600,
    tags: { Name: prefix },
  });
}

import { IAM } from '@aws-sdk/client-iam';
import { prepareFittingLab } from '../../test/support/emulator/fitting-lab.ts';

/**
 * A lab as its owner would prepare it by docs/deploying.md, in the account that `AWS_ENDPOINT_URL` names: two t2.micro in
 * two zones, target groups that check readiness, and a role that may pull, log and read secrets.
 * @returns the lines of `.env.lab`
 */
export async function prepareLab(): Promise<string> {
  const { sources } = await prepareFittingLab();
  const iam = new IAM({});
  // ECS made it with the cluster.
  await iam.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com' });
  const RoleName = 'LabRole';
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  const Statement = [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.putRolePolicy({ RoleName, PolicyName: 'secrets', PolicyDocument });
  // The load balancer has public addresses, so the gateway's connections come from those of the instances.
  return `API_SOURCE_CIDRS=${sources.join(',')}\nSTATE_BUCKET=stockroom-state-of-the-lab\n`;
}

import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type ElasticLoadBalancingV2ClientConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { TaskDefinition } from '../scheduler/model.ts';
import { ApiError, type Handler } from './proxy.ts';

const SERVICE_LINKED_ROLES = '/aws-service-role/ecs.amazonaws.com/';

/** What ECS refuses at once because of other parts of the account. */
export class Refusals {
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly iam: IAMClient;
  private readonly secrets: SecretsManagerClient;

  constructor(client: {
    endpoint: string;
    region: string;
    credentials: ElasticLoadBalancingV2ClientConfig['credentials'] & object;
  }) {
    this.elb = new ElasticLoadBalancingV2Client(client);
    this.iam = new IAMClient(client);
    this.secrets = new SecretsManagerClient(client);
  }

  /** Source: Elastic Load Balancing API reference, CreateListener. */
  async ofListener(LoadBalancerArn: string, port: number): Promise<void> {
    const { Listeners = [] } = await this.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    if (Listeners.some(({ Port }) => Port === port))
      throw new ApiError('DuplicateListener', 'A listener already exists on this port for this load balancer');
  }

  /** Source: Elastic Load Balancing user guide, "Deletion protection". */
  async ofDeletion(LoadBalancerArn: string): Promise<void> {
    const { Attributes = [] } = await this.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    if (Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true'))
      throw new ApiError(
        'OperationNotPermitted',
        `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
      );
  }

  /** Source: Secrets Manager API reference, CreateSecret and DeleteSecret. */
  async ofSecret(SecretId: string): Promise<void> {
    const found = await this.secrets.send(new DescribeSecretCommand({ SecretId })).catch(() => undefined);
    if (found?.DeletedDate)
      throw new ApiError(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
  }

  handlers(): Record<string, Handler> {
    return {
      'elasticloadbalancing.CreateListener': async ({ input }, forward) => {
        await this.ofListener(input.LoadBalancerArn, Number(input.Port));
        return forward();
      },
      'elasticloadbalancing.DeleteLoadBalancer': async ({ input }, forward) => {
        await this.ofDeletion(input.LoadBalancerArn);
        return forward();
      },
      'secretsmanager.CreateSecret': async ({ input }, forward) => {
        await this.ofSecret(input.Name);
        return forward();
      },
    };
  }

  /** Source: ECS developer guide, "Troubleshooting service load balancers" and "Using service-linked roles". */
  async ofService(definition: TaskDefinition | undefined, input: any): Promise<void> {
    requireActive(definition);
    const { Roles = [] } = await this.iam.send(new ListRolesCommand({ PathPrefix: SERVICE_LINKED_ROLES }));
    if (Roles.length === 0)
      throw new ApiError(
        'InvalidParameterException',
        'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
      );
    for (const { targetGroupArn } of input.loadBalancers ?? [])
      await this.requireTargetType(targetGroupArn, definition);
  }

  private async requireTargetType(arn: string, { networkMode }: TaskDefinition): Promise<void> {
    const { TargetGroups } = await this.elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
    const [{ TargetType = 'instance', LoadBalancerArns = [] }] = TargetGroups as [NonNullable<typeof TargetGroups>[0]];
    if (TargetType !== (networkMode === 'awsvpc' ? 'ip' : 'instance'))
      throw new ApiError(
        'InvalidParameterException',
        `The provided target group ${arn} has target type ${TargetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`,
      );
    if (LoadBalancerArns.length === 0)
      throw new ApiError(
        'InvalidParameterException',
        `The target group with targetGroupArn ${arn} does not have an associated load balancer.`,
      );
  }
}

/** An INACTIVE one starts no task and no deployment; those that run it go on. */
export function requireActive(definition: TaskDefinition | undefined): asserts definition is TaskDefinition {
  if (!definition) throw new ApiError('ClientException', 'TaskDefinition not found.');
  if (definition.status !== 'ACTIVE') throw new ApiError('ClientException', 'TaskDefinition is inactive');
}

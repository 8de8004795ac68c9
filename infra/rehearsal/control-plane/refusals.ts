import type { Clients } from '../account/clients.ts';
import type { TaskDefinition } from '../scheduler/model.ts';
import { ApiError, type Handler } from './proxy.ts';

const SERVICE_LINKED_ROLES = '/aws-service-role/ecs.amazonaws.com/';

/** What AWS refuses at once because of other parts of the account; all else is the emulator's. */
export const refusals = ({ elb, secrets }: Clients): Record<string, Handler> => ({
  /** Source: Elastic Load Balancing API reference, CreateListener. */
  'elasticloadbalancing.CreateListener': async ({ input }, forward) => {
    const { Listeners = [] } = await elb.describeListeners({ LoadBalancerArn: input.LoadBalancerArn });
    if (Listeners.some(({ Port }) => Port === Number(input.Port)))
      throw new ApiError('DuplicateListener', 'A listener already exists on this port for this load balancer');
    return forward();
  },
  /** Source: Elastic Load Balancing user guide, "Deletion protection". */
  'elasticloadbalancing.DeleteLoadBalancer': async ({ input: { LoadBalancerArn } }, forward) => {
    const { Attributes = [] } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn });
    if (Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true'))
      throw new ApiError(
        'OperationNotPermitted',
        `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
      );
    return forward();
  },
  /** Source: Secrets Manager API reference, CreateSecret and DeleteSecret. */
  'secretsmanager.CreateSecret': async ({ input }, forward) => {
    const found = await secrets.describeSecret({ SecretId: input.Name }).catch(() => undefined);
    if (found?.DeletedDate)
      throw new ApiError(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    return forward();
  },
});

/** Source: ECS developer guide, "Troubleshooting service load balancers" and "Using service-linked roles". */
export async function requireFor(service: any, definition: TaskDefinition | undefined, { iam, elb }: Clients) {
  requireActive(definition);
  const { Roles = [] } = await iam.listRoles({ PathPrefix: SERVICE_LINKED_ROLES });
  if (Roles.length === 0)
    throw invalid('Unable to assume the service linked role. Please verify that the ECS service linked role exists.');
  const { networkMode } = definition;
  for (const { targetGroupArn: arn } of service.loadBalancers ?? []) {
    const { TargetGroups } = await elb.describeTargetGroups({ TargetGroupArns: [arn] });
    const { TargetType = 'instance', LoadBalancerArns = [] } = TargetGroups![0]!;
    if (TargetType !== (networkMode === 'awsvpc' ? 'ip' : 'instance'))
      throw invalid(
        `The provided target group ${arn} has target type ${TargetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`,
      );
    if (LoadBalancerArns.length === 0)
      throw invalid(`The target group with targetGroupArn ${arn} does not have an associated load balancer.`);
  }
}

const invalid = (message: string) => new ApiError('InvalidParameterException', message);

/** An INACTIVE one starts no task and no deployment; those that run it go on. */
export function requireActive(definition: TaskDefinition | undefined): asserts definition is TaskDefinition {
  if (!definition) throw new ApiError('ClientException', 'TaskDefinition not found.');
  if (definition.status !== 'ACTIVE') throw new ApiError('ClientException', 'TaskDefinition is inactive');
}

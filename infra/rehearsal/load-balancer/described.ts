import {
  type Action,
  type ElasticLoadBalancingV2,
  type Listener,
  type LoadBalancer,
  type RuleCondition,
  type TargetGroup as DescribedGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Frontend, Rule, TargetGroup } from './haproxy-config.ts';

/** What only the rehearsed network knows of a load balancer. */
export interface Surroundings {
  /** Fast motion: how many times as fast the deregistration delay passes. */
  speed: number;
  addressesOf(balancer: LoadBalancer): Promise<string[]>;
  admits(balancer: LoadBalancer, port: number): Frontend['admits'];
  /** The ranges as HAProxy sees them: tasks keep their own addresses here. */
  sources(balancer: LoadBalancer, ranges: string[]): string[];
}

export interface Described {
  frontends: Frontend[];
  groups: TargetGroup[];
}

/** The account's load balancers, listeners, rules and target groups as HAProxy needs them. */
export async function describeLoadBalancers(elb: ElasticLoadBalancingV2, around: Surroundings): Promise<Described> {
  const { LoadBalancers = [] } = await elb.describeLoadBalancers({});
  const idle = new Map<string, number>();
  for (const { LoadBalancerArn } of LoadBalancers) {
    const { Attributes = [] } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn });
    idle.set(LoadBalancerArn!, attribute(Attributes, 'idle_timeout.timeout_seconds', 60));
  }
  const frontends = LoadBalancers.map(async (balancer) => {
    const { LoadBalancerArn, LoadBalancerName } = balancer;
    const { Listeners = [] } = await elb.describeListeners({ LoadBalancerArn });
    const addresses = await around.addressesOf(balancer);
    return Promise.all(
      Listeners.map(async (listener) => ({
        name: `${LoadBalancerName}-${listener.Port}`,
        addresses,
        port: listener.Port!,
        admits: around.admits(balancer, listener.Port!),
        idleTimeoutSeconds: idle.get(LoadBalancerArn!)!,
        rules: await rulesOf(elb, listener, (ranges) => around.sources(balancer, ranges)),
      })),
    );
  });
  const found = (await Promise.all(frontends)).flat();
  // After the listeners: a group that one of them forwards to is attached by then.
  const { TargetGroups = [] } = await elb.describeTargetGroups({});
  const attached = TargetGroups.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length > 0);
  return {
    frontends: found,
    groups: await Promise.all(
      attached.map((group) => groupOf(elb, group, idle.get(group.LoadBalancerArns![0]!) ?? 60, around.speed)),
    ),
  };
}

async function groupOf(
  elb: ElasticLoadBalancingV2,
  group: DescribedGroup,
  idleTimeoutSeconds: number,
  speed: number,
): Promise<TargetGroup> {
  const { TargetGroupArn } = group;
  const { Attributes = [] } = await elb.describeTargetGroupAttributes({ TargetGroupArn });
  return {
    name: nameOf(TargetGroupArn!),
    arn: TargetGroupArn!,
    balancerArn: group.LoadBalancerArns![0]!,
    idleTimeoutSeconds,
    deregistrationDelaySeconds: attribute(Attributes, 'deregistration_delay.timeout_seconds', 300) / speed,
    check: {
      path: group.HealthCheckPath ?? '/',
      matcher: group.Matcher?.HttpCode ?? '200',
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
  };
}

async function rulesOf(
  elb: ElasticLoadBalancingV2,
  { ListenerArn, Protocol }: Listener,
  sources: (ranges: string[]) => string[],
): Promise<Rule[]> {
  if (Protocol !== 'HTTP') throw new Error(`The rehearsal knows no listener for ${Protocol}.`);
  const { Rules = [] } = await elb.describeRules({ ListenerArn });
  const priority = ({ Priority }: { Priority?: string }) => (Priority === 'default' ? Infinity : Number(Priority));
  return [...Rules]
    .sort((a, b) => priority(a) - priority(b))
    .map(({ Conditions = [], Actions = [] }) => ({
      paths: valuesOf(Conditions, 'path-pattern'),
      sources: sources(valuesOf(Conditions, 'source-ip')),
      action: actionOf(Actions.at(-1)!),
    }));
}

function valuesOf(conditions: RuleCondition[], field: string): string[] {
  const unknown = conditions.find(({ Field }) => Field !== 'path-pattern' && Field !== 'source-ip');
  if (unknown) throw new Error(`The rehearsal knows no listener condition "${unknown.Field}".`);
  return conditions
    .filter(({ Field }) => Field === field)
    .flatMap(({ PathPatternConfig, SourceIpConfig, Values }) => PathPatternConfig?.Values ?? SourceIpConfig?.Values ?? Values ?? []); // prettier-ignore
}

function actionOf({ Type, TargetGroupArn, ForwardConfig, FixedResponseConfig }: Action): Rule['action'] {
  if (Type === 'forward') {
    const targetGroup = TargetGroupArn ?? ForwardConfig!.TargetGroups![0]!.TargetGroupArn!;
    return { type: 'forward', targetGroup: nameOf(targetGroup) };
  }
  if (Type === 'fixed-response') {
    const { StatusCode, MessageBody = '' } = FixedResponseConfig!;
    return { type: 'fixed-response', statusCode: Number(StatusCode), body: MessageBody };
  }
  throw new Error(`The rehearsal knows no listener action "${Type}".`);
}

const attribute = (attributes: { Key?: string; Value?: string }[], name: string, otherwise: number): number =>
  Number(attributes.find(({ Key }) => Key === name)?.Value ?? otherwise);

/** `…:targetgroup/<name>/<id>` */
export const nameOf = (arn: string): string => arn.split('/')[1]!;

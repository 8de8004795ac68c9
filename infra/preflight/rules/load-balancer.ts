import { healthCheck, paths, ports, shutdown } from '#runtime';
import { type Environment, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { apiRuleCount, type ExistingLoadBalancer } from '../../environments/settings/load-balancer.ts';
import type { Facts, ListenerFacts, LoadBalancerFacts, TargetGroupFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { check, examine, valueOf } from './examine.ts';

/** A looked-up load balancer, its listeners and its target groups. */
export function loadBalancerFindings(environment: Environment, facts: Facts): Finding[] {
  const settings = environment.loadBalancer;
  if (settings.from === 'create') return [];
  const file = `.env.${environment.name}`;
  return [
    ...examine(
      'Load balancer',
      facts.loadBalancer,
      `Set LOAD_BALANCER in ${file} to the name of an existing application load balancer.`,
      (found) => [...listenerFindings(settings, file, found, facts)],
    ),
    ...serviceNames.flatMap((service) =>
      examine(
        `Target group of the ${service}`,
        facts.targetGroups?.[service],
        `Create a target group named ${settings.targetGroups[service]} (${settings.targetType} targets, HTTP, port ${ports[service]}, health check path ${paths.ready}), or set ${service.toUpperCase()}_TARGET_GROUP in ${file}.`,
        (found) => targetGroupFindings(settings, service, found, facts),
      ),
    ),
  ];
}

function listenerFindings(
  settings: ExistingLoadBalancer,
  file: string,
  { dnsName, vpcId, listeners }: LoadBalancerFacts,
  facts: Facts,
): Finding[] {
  const at = (port: number) => listeners.find((listener) => listener.port === port);
  const publicListener = at(settings.publicPort);
  const apiListener = at(settings.apiPort);
  const gatewayArn = valueOf(facts.targetGroups?.gateway)?.arn;
  const apiArn = valueOf(facts.targetGroups?.api)?.arn;
  const vpc = valueOf(facts.vpc);
  const wanted = settings.https ? 'HTTPS' : 'HTTP';
  const others = listeners.map(({ port, protocol }) => `${port} ${protocol}`).join(', ') || 'none';
  const apiRules = apiRuleCount(settings);
  const apiHolder = settings.apiListener === 'shared' ? publicListener : apiListener;
  return [
    ...check('Load balancer', dnsName, [
      vpc === undefined || vpc.id === vpcId,
      `it is in ${vpcId}, and the environment’s VPC is ${vpc?.id}`,
      `Set VPC_ID in ${file} to ${vpcId}.`,
    ]),
    ...check(
      'Public listener',
      `port ${settings.publicPort}`,
      [
        publicListener !== undefined,
        `there is no listener on port ${settings.publicPort} (there are: ${others})`,
        `Set PUBLIC_PORT in ${file} to the port of a listener.`,
      ],
      [
        publicListener === undefined || publicListener.protocol === wanted,
        `it uses ${publicListener?.protocol}`,
        `Set PUBLIC_HTTPS=${publicListener?.protocol === 'HTTPS'} in ${file}.`,
      ],
      [
        isFree(publicListener, settings.rulePriority, 1, gatewayArn),
        `rule priority ${settings.rulePriority} is taken`,
        `Set RULE_PRIORITY in ${file} to ${freePriority(publicListener, settings.rulePriority, 1, gatewayArn)}.`,
      ],
    ),
    ...check(
      'Listener of the API',
      settings.apiListener === 'shared' ? 'the public one' : `port ${settings.apiPort}`,
      [
        settings.apiListener !== 'create' || apiListener === undefined || forwardsTo(apiListener, apiArn),
        `port ${settings.apiPort} has a listener already`,
        `Set API_PORT in ${file} to a free port, or API_LISTENER=existing to add a rule to that listener.`,
      ],
      [
        settings.apiListener !== 'existing' || apiListener !== undefined,
        `there is no listener on port ${settings.apiPort}`,
        `Set API_PORT in ${file} to the port of a listener, or leave API_LISTENER out.`,
      ],
      [
        settings.apiListener === 'create' || isFree(apiHolder, settings.apiRulePriority, apiRules, apiArn),
        `of the rule priorities from ${settings.apiRulePriority} on, the API needs ${apiRules}, and one is taken`,
        `Set API_RULE_PRIORITY in ${file} to ${freePriority(apiHolder, settings.apiRulePriority, apiRules, apiArn)}.`,
      ],
    ),
  ];
}

function targetGroupFindings(
  settings: ExistingLoadBalancer,
  service: ServiceName,
  found: TargetGroupFacts,
  facts: Facts,
): Finding[] {
  const [vpc, loadBalancer] = [valueOf(facts.vpc), valueOf(facts.loadBalancer)];
  const modify = (options: string) =>
    `aws elbv2 modify-target-group --target-group-arn ${found.arn} ${options}; console: EC2 → Target groups → ${settings.targetGroups[service]} → Health checks → Edit.`;
  const recreate = `Create a target group with ${settings.targetType} targets and protocol HTTP in the same VPC, and set ${service.toUpperCase()}_TARGET_GROUP to its name.`;
  const slowest = found.intervalSeconds * found.healthyThreshold;
  return check(
    `Target group of the ${service}`,
    settings.targetGroups[service],
    [
      found.type === settings.targetType,
      `its targets are of type ${found.type}`,
      found.type === 'instance' || found.type === 'ip'
        ? `Set TARGET_TYPE=${found.type}, where the other group has it, too.`
        : recreate,
    ],
    [found.protocol === 'HTTP', `its protocol is ${found.protocol}`, recreate],
    [
      loadBalancer === undefined || found.loadBalancerArns.every((arn) => arn === loadBalancer.arn),
      `it is attached to another load balancer (${found.loadBalancerArns.join(', ')}), and AWS allows one`,
      recreate,
    ],
    [vpc === undefined || found.vpcId === vpc.id, `it is in ${found.vpcId}, and the VPC is ${vpc?.id}`, recreate],
    [
      found.healthPath === paths.ready,
      `its health check asks for ${found.healthPath}, which is not ${paths.ready}`,
      modify(`--health-check-path ${paths.ready}`),
    ],
    [
      found.matcher.split(',').includes('200') || includesInRange(found.matcher, 200),
      `its matcher is ${found.matcher}`,
      modify('--matcher HttpCode=200'),
    ],
    [
      slowest <= healthCheck.gracePeriodSeconds,
      `a new task is healthy after ${slowest} s at the earliest, and the grace period is ${healthCheck.gracePeriodSeconds} s`,
      modify(
        `--health-check-interval-seconds ${healthCheck.intervalSeconds} --health-check-timeout-seconds ${healthCheck.timeoutSeconds} --healthy-threshold-count ${healthCheck.healthyThreshold}`,
      ),
    ],
    [
      found.deregistrationDelaySeconds <= shutdown.stopTimeoutSeconds,
      `its deregistration delay of ${found.deregistrationDelaySeconds} s makes each deployment wait that long`,
      `aws elbv2 modify-target-group-attributes --target-group-arn ${found.arn} --attributes Key=deregistration_delay.timeout_seconds,Value=${shutdown.deregistrationDelaySeconds}; console: EC2 → Target groups → ${settings.targetGroups[service]} → Attributes → Edit.`,
    ],
  );
}

/** `200-299` and `200,202` are matchers. */
const includesInRange = (matcher: string, code: number): boolean =>
  matcher.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from! <= code && code <= to!;
  });

const forwardsTo = (listener: ListenerFacts, targetGroupArn: string | undefined): boolean =>
  listener.rules.some(
    ({ targetGroupArns }) => targetGroupArn !== undefined && targetGroupArns.includes(targetGroupArn),
  );

/**
 * Whether `count` priorities in a row are free. A rule that forwards to our target group is the one of an earlier
 * deployment.
 */
const isFree = (
  listener: ListenerFacts | undefined,
  first: number,
  count: number,
  targetGroupArn: string | undefined,
): boolean =>
  (listener?.rules ?? []).every(
    ({ priority, targetGroupArns }) =>
      !(first <= Number(priority) && Number(priority) < first + count) ||
      (targetGroupArn !== undefined && targetGroupArns.includes(targetGroupArn)),
  );

function freePriority(...[listener, from, count, targetGroupArn]: Parameters<typeof isFree>): number {
  let first = from;
  while (!isFree(listener, first, count, targetGroupArn)) first += 1;
  return first;
}

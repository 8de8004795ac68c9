import { type Environment, networkMode } from '../../environments/environment.ts';
import type { ExistingLoadBalancer } from '../../environments/settings/load-balancer.ts';
import type { Facts, IngressRule, InstanceFacts, LoadBalancerFacts } from '../facts.ts';
import { type Finding, passed, toDo } from '../finding.ts';
import { contains } from './cidr.ts';
import { examine, valueOf } from './examine.ts';

/** Docker's dynamic host ports in bridge mode. */
const DYNAMIC_PORTS = { from: 32768, to: 65535 };
const EVERYWHERE = '0.0.0.0/0';

/** Whether each hop is admitted with the source address that it really has. */
export function securityGroupFindings(environment: Environment, facts: Facts): Finding[] {
  const settings = environment.loadBalancer;
  const loadBalancer = valueOf(facts.loadBalancer);
  const instances = valueOf(facts.cluster)?.instances ?? [];
  if (settings.from === 'create' || !loadBalancer) return [];
  return examine('Security groups', facts.ingress, '', (ingress) => [
    publicPortFinding(settings, loadBalancer, ingress),
    ...(settings.apiListener === 'shared'
      ? []
      : apiPortFindings(settings, loadBalancer, ingress, instances, environment.name)),
    ...(networkMode(environment) === 'bridge'
      ? instanceFindings(instances, ingress, loadBalancer.securityGroupIds, valueOf(facts.vpc)?.cidr)
      : []),
  ]);
}

type Ingress = Record<string, IngressRule[]>;

function publicPortFinding(
  { publicPort }: ExistingLoadBalancer,
  { securityGroupIds }: LoadBalancerFacts,
  ingress: Ingress,
): Finding {
  if (admits(rulesOf(ingress, securityGroupIds), publicPort, [EVERYWHERE]))
    return passed('Public port', `${publicPort} is open to all`);
  return toDo(
    'Public port',
    `${securityGroupIds.join(', ')} does not admit ${EVERYWHERE} to port ${publicPort}`,
    `aws ec2 authorize-security-group-ingress --group-id ${securityGroupIds[0]} --protocol tcp --port ${publicPort} --cidr ${EVERYWHERE}`,
  );
}

/** A public load balancer's name resolves to public addresses inside the VPC, too: the gateway arrives from its public address. */
function apiPortFindings(
  { apiPort, apiSources }: ExistingLoadBalancer,
  { isInternetFacing, securityGroupIds }: LoadBalancerFacts,
  ingress: Ingress,
  instances: InstanceFacts[],
  environment: string,
): Finding[] {
  if (!isInternetFacing) return [passed('API port', 'the load balancer is internal')];
  const addresses = instances.flatMap(({ publicAddress }) => (publicAddress ? [`${publicAddress}/32`] : []));
  const needed = apiSources.length > 0 ? apiSources : addresses;
  const list = needed.join(',') || 'the public addresses of the instances or of their NAT gateways, as x.x.x.x/32';
  const findings: Finding[] = [];
  if (!admits(rulesOf(ingress, securityGroupIds), apiPort, needed.length > 0 ? needed : [EVERYWHERE]))
    findings.push(
      toDo(
        'API port',
        `the load balancer’s security group does not admit the gateway to port ${apiPort}; it arrives from ${list}`,
        `Add inbound rules for TCP ${apiPort} from ${list} to the load balancer’s security group (console: EC2 → Security groups → Edit inbound rules).`,
      ),
    );
  if (apiSources.length === 0)
    findings.push(
      toDo(
        'API port',
        'every source may reach the API, so it trusts no forwarded client address, and all clients share one sign-in limit',
        `Set API_SOURCE_CIDRS=${list} in .env.${environment}.`,
      ),
    );
  return findings.length > 0 ? findings : [passed('API port', `${apiPort} admits ${apiSources.join(', ')}`)];
}

/** One security group that admits the load balancer is enough; it arrives from the VPC's own addresses. */
function instanceFindings(
  instances: InstanceFacts[],
  ingress: Ingress,
  loadBalancerGroups: string[],
  vpcCidr = EVERYWHERE,
): Finding[] {
  const isAdmitted = ({ fromPort, toPort, cidrs, groupIds }: IngressRule) =>
    fromPort <= DYNAMIC_PORTS.from &&
    toPort >= DYNAMIC_PORTS.to &&
    (groupIds.some((group) => loadBalancerGroups.includes(group)) || cidrs.some((cidr) => contains(cidr, vpcCidr)));
  const closed = instances.filter(({ securityGroupIds }) => !rulesOf(ingress, securityGroupIds).some(isAdmitted));
  if (instances.length > 0 && closed.length === 0)
    return [passed('Instances', 'each admits the load balancer to the dynamic ports')];
  const ports = `${DYNAMIC_PORTS.from}-${DYNAMIC_PORTS.to}`;
  return [...new Set(closed.map(({ securityGroupIds }) => securityGroupIds[0]))].map((group) =>
    toDo(
      'Instances',
      `${group} does not admit the load balancer to ports ${ports}`,
      `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${ports} --source-group ${loadBalancerGroups[0]}`,
    ),
  );
}

const rulesOf = (ingress: Ingress, groupIds: string[]): IngressRule[] => groupIds.flatMap((id) => ingress[id] ?? []);

const admits = (rules: IngressRule[], port: number, sources: string[]): boolean =>
  sources.every((source) =>
    rules.some(
      ({ fromPort, toPort, cidrs }) =>
        fromPort <= port && port <= toPort && cidrs.some((cidr) => contains(cidr, source)),
    ),
  );

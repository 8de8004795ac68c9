import { type Environment, networkMode } from '../../environments/environment.ts';
import type { Facts, IngressRule } from '../facts.ts';
import { type Finding, passed, toDo } from '../finding.ts';
import { examine, valueOf } from './examine.ts';

/** Docker's dynamic host ports in bridge mode. */
const DYNAMIC_PORTS = { from: 32768, to: 65535 };

/** Whether each hop is admitted with the source address that it really has. */
export function securityGroupFindings(environment: Environment, facts: Facts): Finding[] {
  const settings = environment.loadBalancer;
  const loadBalancer = valueOf(facts.loadBalancer);
  const instances = valueOf(facts.cluster)?.instances ?? [];
  if (settings.from === 'create' || !loadBalancer) return [];
  return examine('Security groups', facts.ingress, '', (ingress) => {
    const ofLoadBalancer = loadBalancer.securityGroupIds.flatMap((id) => ingress[id] ?? []);
    const lists = loadBalancer.securityGroupIds.join(', ');
    const findings: Finding[] = [
      admits(ofLoadBalancer, settings.publicPort, ['0.0.0.0/0'])
        ? passed('Public port', `${settings.publicPort} is open to all`)
        : toDo(
            'Public port',
            `${lists} does not admit 0.0.0.0/0 to port ${settings.publicPort}`,
            allow(loadBalancer.securityGroupIds[0]!, settings.publicPort, '0.0.0.0/0'),
          ),
    ];
    if (settings.apiListener !== 'shared')
      findings.push(
        ...apiPortFindings(
          settings.apiPort,
          settings.apiSources,
          loadBalancer,
          ofLoadBalancer,
          instances,
          environment.name,
        ),
      );
    if (networkMode(environment) === 'bridge')
      for (const id of new Set(instances.flatMap(({ securityGroupIds }) => securityGroupIds.slice(0, 1)))) {
        const groups = loadBalancer.securityGroupIds;
        const isAdmitted = (ingress[id] ?? []).some(
          (rule) =>
            rule.fromPort <= DYNAMIC_PORTS.from &&
            rule.toPort >= DYNAMIC_PORTS.to &&
            (rule.groupIds.some((group) => groups.includes(group)) || rule.cidrs.length > 0),
        );
        findings.push(
          isAdmitted
            ? passed('Instances', `${id} admits the load balancer to the dynamic ports`)
            : toDo(
                'Instances',
                `${id} does not admit the load balancer to ports ${DYNAMIC_PORTS.from}-${DYNAMIC_PORTS.to}`,
                `aws ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port ${DYNAMIC_PORTS.from}-${DYNAMIC_PORTS.to} --source-group ${groups[0]}`,
              ),
        );
      }
    return findings;
  });
}

/** A public load balancer's name resolves to public addresses inside the VPC, too: the gateway arrives from its public address. */
function apiPortFindings(
  port: number,
  sources: string[],
  { isInternetFacing }: { isInternetFacing: boolean; securityGroupIds: string[] },
  rules: IngressRule[],
  instances: { publicAddress?: string }[],
  environment: string,
): Finding[] {
  if (!isInternetFacing) return [passed('API port', 'the load balancer is internal')];
  const addresses = instances.flatMap(({ publicAddress }) => (publicAddress ? [`${publicAddress}/32`] : []));
  const needed = sources.length > 0 ? sources : addresses;
  const list = needed.join(',') || 'the public addresses of the instances or of their NAT gateways, as x.x.x.x/32';
  const findings: Finding[] = [];
  if (!admits(rules, port, needed.length > 0 ? needed : ['0.0.0.0/0']))
    findings.push(
      toDo(
        'API port',
        `the load balancer’s security group does not admit the gateway to port ${port}; it arrives from ${list}`,
        `Add inbound rules for TCP ${port} from ${list} to the load balancer’s security group (console: EC2 → Security groups → Edit inbound rules).`,
      ),
    );
  if (sources.length === 0)
    findings.push(
      toDo(
        'API port',
        'every source may reach the API, so it trusts no forwarded client address, and all clients share one sign-in limit',
        `Set API_SOURCE_CIDRS=${list} in .env.${environment}.`,
      ),
    );
  return findings.length > 0 ? findings : [passed('API port', `${port} admits ${sources.join(', ')}`)];
}

const allow = (group: string, port: number, cidr: string): string =>
  `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port} --cidr ${cidr}`;

const admits = (rules: IngressRule[], port: number, cidrs: string[]): boolean =>
  cidrs.every((cidr) =>
    rules.some(
      (rule) =>
        rule.fromPort <= port && port <= rule.toPort && (rule.cidrs.includes('0.0.0.0/0') || rule.cidrs.includes(cidr)),
    ),
  );

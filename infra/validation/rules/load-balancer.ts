import { isIPv4 } from 'node:net';
import { keepAlive } from '#runtime';
import { type Environment, networkModeOf } from '../../environments/environment.ts';
import { violations } from '../violations.ts';

/** Creating a load balancer, or looking one up, and what its targets are. */
export function loadBalancerViolations({ loadBalancer, networkMode }: Environment): string[] {
  const fitting = networkModeOf(loadBalancer.targetType);
  const mode = networkMode ?? fitting;
  const modes = violations([
    mode !== fitting,
    `networkMode ${mode} does not go with ${loadBalancer.targetType} target groups; leave networkMode out, or write targetType: '${mode === 'bridge' ? 'instance' : 'ip'}'.`,
  ]);
  if (loadBalancer.from === 'create') {
    const { healthCheck } = loadBalancer;
    return [
      ...modes,
      ...violations(
        [
          healthCheck.timeoutSeconds >= healthCheck.intervalSeconds,
          `loadBalancer.healthCheck: its timeout of ${healthCheck.timeoutSeconds} s must be less than its interval of ${healthCheck.intervalSeconds} s.`,
        ],
        [
          loadBalancer.idleSeconds >= keepAlive.serverSeconds,
          `loadBalancer.idleSeconds is ${loadBalancer.idleSeconds}, and the servers close after ${keepAlive.serverSeconds} s: requests would be lost to the race. Write less than ${keepAlive.serverSeconds}.`,
        ],
        [
          loadBalancer.certificateArn !== undefined && !loadBalancer.certificateArn.startsWith('arn:'),
          'loadBalancer.certificateArn is no ARN; set CERTIFICATE_ARN to one that begins with arn:aws:acm:.',
        ],
        [
          !['elsewhere', 'existing', 'create'].includes(loadBalancer.dns),
          `loadBalancer.dns is ${loadBalancer.dns}; set DNS to elsewhere, existing or create.`,
        ],
        [
          loadBalancer.dns !== 'elsewhere' && !isInZone(loadBalancer.domainName, loadBalancer.dnsZone),
          `loadBalancer.dns is ${loadBalancer.dns}, and domainName ${loadBalancer.domainName} is not in the zone ${loadBalancer.dnsZone}; set DOMAIN_NAME, and DNS_ZONE to the Route 53 zone that it is in.`,
        ],
        [
          loadBalancer.waf && loadBalancer.wafRequestsPerFiveMinutes < 10,
          `loadBalancer.wafRequestsPerFiveMinutes is ${loadBalancer.wafRequestsPerFiveMinutes}; write 10 or more.`,
        ],
        [
          loadBalancer.certificateArn !== undefined && !loadBalancer.domainName,
          "loadBalancer: a certificate is for a host name, and the load balancer's own name is not in it; set DOMAIN_NAME.",
        ],
      ),
    ];
  }
  return [
    ...modes,
    ...violations(
      [
        loadBalancer.rulePriority < 1 || loadBalancer.rulePriority > 50_000,
        `loadBalancer.rulePriority is ${loadBalancer.rulePriority}; write 1 to 50000.`,
      ],
      [!loadBalancer.name, 'loadBalancer: an existing one is looked up by name; set LOAD_BALANCER.'],
      [
        loadBalancer.apiListener !== 'shared' && loadBalancer.apiPort === loadBalancer.publicPort,
        `loadBalancer.apiPort and publicPort are both ${loadBalancer.apiPort}; the API needs a listener of its own, such as 3000, or API_LISTENER=shared.`,
      ],
      [
        loadBalancer.apiListener === 'shared' && loadBalancer.apiSources.length === 0,
        'loadBalancer: a shared listener tells requests for the API apart by their source; set API_SOURCE_CIDRS to the public addresses of the instances or of their NAT gateways.',
      ],
      [
        loadBalancer.apiListener === 'shared' && loadBalancer.apiRulePriority >= loadBalancer.rulePriority,
        `loadBalancer.apiRulePriority is ${loadBalancer.apiRulePriority}, and rulePriority ${loadBalancer.rulePriority} forwards everything; write less than ${loadBalancer.rulePriority}.`,
      ],
      [
        loadBalancer.apiSources.some((source) => !isCidr(source)),
        `loadBalancer.apiSources ${loadBalancer.apiSources.join(', ')} must be CIDR ranges, such as 203.0.113.7/32.`,
      ],
    ),
  ];
}

const isInZone = (domain: string | undefined, zone: string | undefined): boolean =>
  domain !== undefined && zone !== undefined && (domain === zone || domain.endsWith(`.${zone}`));

/** IPv4, as the source condition of a listener rule and a security group accept it. */
function isCidr(text: string): boolean {
  const [address = '', length = ''] = text.split('/');
  return isIPv4(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32;
}

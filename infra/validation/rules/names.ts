import { type Environment, serviceNames } from '../../environments/environment.ts';
import { targetGroupNames } from '../../environments/names.ts';
import { violations } from '../violations.ts';

const PREFIX = /^[a-z][a-z0-9-]*[a-z0-9]$/;
const LOAD_BALANCER_SUFFIX = '-internal';
/** Elastic Load Balancing's limit for load balancers and target groups. */
const MAX_LENGTH = 32;

export function nameViolations(environment: Environment): string[] {
  const { prefix, region, currency, loadBalancer } = environment;
  const longest = MAX_LENGTH - LOAD_BALANCER_SUFFIX.length;
  return [
    ...violations(
      [!PREFIX.test(prefix), `prefix ${prefix} must be lower-case letters, digits and hyphens, such as stockroom-lab.`],
      [
        loadBalancer.from === 'create' && prefix.length > longest,
        `prefix ${prefix} has ${prefix.length} characters; load balancer names end at ${MAX_LENGTH}, so it may have ${longest}.`,
      ],
      [
        !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
        `region ${region} is none; set AWS_REGION to one such as eu-central-1.`,
      ],
      [!/^[A-Z]{3}$/.test(currency), `currency ${currency} must be three capital letters, such as USD.`],
    ),
    ...serviceNames.flatMap((service) => targetGroupViolations(service, targetGroupNames(environment)[service])),
  ];
}

const targetGroupViolations = (service: string, name: string): string[] =>
  violations([
    name.length > MAX_LENGTH || name === '',
    `loadBalancer.targetGroups.${service} is ${name || 'empty'} (${name.length} characters); give it a name of 1 to ${MAX_LENGTH}.`,
  ]);

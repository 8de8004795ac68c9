import type { Environment } from '../../environments/environment.ts';
import { instancesAtRest, instanceTypeOf, maxInstances } from '../../sizing/capacity.ts';
import type { Variables } from '../../environments/variables.ts';
import type { Facts } from '../facts.ts';
import { type Finding, passed, toDo } from '../finding.ts';
import { check, examine } from './examine.ts';

/** Whose account it is. */
export const credentialFindings = (environment: Environment, facts: Facts, variables: Variables): Finding[] =>
  examine(
    'Credentials',
    facts.identity,
    'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where they have expired, sign in again.',
    ({ account, arn }) => [
      variables.AWS_ACCOUNT_ID && variables.AWS_ACCOUNT_ID !== account
        ? toDo(
            'Credentials',
            `they are for account ${account}, and AWS_ACCOUNT_ID is ${variables.AWS_ACCOUNT_ID}`,
            `Use other credentials, or change AWS_ACCOUNT_ID in .env.${environment.name}.`,
          )
        : passed('Credentials', `account ${account}, as ${arn}`),
    ],
  );

/** Region, quotas and names that are taken. */
export const accountFindings = (environment: Environment, facts: Facts): Finding[] => [
  ...examine(
    'Region',
    facts.zones,
    `Set AWS_REGION in .env.${environment.name} to a region that the account has enabled.`,
    (zones) => [zonesFinding(environment, zones)],
  ),
  ...(environment.network.from === 'create' && environment.network.nat !== 'none'
    ? addressFindings(environment, facts)
    : []),
  ...vpcFindings(facts),
  ...examine('Secrets', ofSecretsManager(environment, facts), '', (names) =>
    names.length === 0
      ? [passed('Secrets', 'none of our names is in its recovery window')]
      : names.map((name) =>
          toDo(
            'Secrets',
            `${name} was deleted and keeps its name until the recovery window ends`,
            `aws secretsmanager delete-secret --secret-id ${name} --force-delete-without-recovery, or choose another prefix.`,
          ),
        ),
  ),
  ...(environment.cluster.from === 'create' ? vcpuFindings(environment, facts) : []),
];

/** Parameters have no recovery window. */
const ofSecretsManager = (
  { secretStore }: Environment,
  { deletedSecrets }: Facts,
): Facts['deletedSecrets'] | undefined => (secretStore === 'secrets-manager' ? deletedSecrets : undefined);

function zonesFinding({ network, region }: Environment, zones: string[]): Finding {
  const needed = network.from === 'create' ? network.zones : 2;
  return zones.length >= needed
    ? passed('Region', `${region} has ${zones.length} availability zones`)
    : toDo(
        'Region',
        `${region} has ${zones.length} availability zones, and ${needed} are needed`,
        'Choose another AWS_REGION, or a lower network.zones.',
      );
}

function addressFindings({ network }: Environment, facts: Facts): Finding[] {
  const needed = network.from === 'create' && network.nat === 'per-zone' ? network.zones : 1;
  return examine('Elastic IP addresses', facts.addresses, '', ({ limit, used }) => [
    limit - used >= needed
      ? passed('Elastic IP addresses', `${limit - used} of ${limit} are free, ${needed} needed`)
      : toDo(
          'Elastic IP addresses',
          `${limit - used} of ${limit} are free, and the NAT gateways need ${needed}`,
          'Console: Service Quotas → Amazon EC2 → "EC2-VPC Elastic IPs" → Request increase; or release unused addresses.',
        ),
  ]);
}

const vpcFindings = ({ vpcs }: Facts): Finding[] =>
  examine('VPC quota', vpcs, '', ({ limit, used }) =>
    check('VPC quota', `${limit - used} of ${limit} are free`, [
      used < limit,
      `all of the ${limit} VPCs that the region may have exist`,
      'Console: Service Quotas → Amazon VPC → "VPCs per Region" → Request increase; or delete an unused VPC.',
    ]),
  );

/** A new account may have 5 vCPUs. At rest the environment must fit; how far it may grow is for its owner to know. */
function vcpuFindings(environment: Environment, { vcpuLimit }: Facts): Finding[] {
  const each = instanceTypeOf(environment)?.vcpus ?? 0;
  const least = each * instancesAtRest(environment);
  const most = each * maxInstances(environment);
  const increase =
    'Console: Service Quotas → Amazon EC2 → "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances" → Request increase.';
  return examine('vCPU quota', vcpuLimit, increase, (limit) =>
    check('vCPU quota', `${limit}, of which the cluster takes ${least} to ${most}`, [
      limit >= least,
      `${limit} vCPUs, and the cluster needs ${least} at rest`,
      increase,
    ]),
  );
}

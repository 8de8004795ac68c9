import {
  DescribeAccountAttributesCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { paginateDescribeDBEngineVersions } from '@aws-sdk/client-rds';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Aws } from '../../deploy/aws/clients.ts';
import { type Environment, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { isManaged } from '../../environments/settings/database.ts';
import { loadBalancerName, repositoryNames, targetGroupNames } from '../../environments/names.ts';
import type { Fact, Facts } from '../facts.ts';
import { valueOf } from '../rules/examine.ts';
import { readAccountPlan } from './account-plan.ts';
import { readCluster } from './cluster.ts';
import { readFact } from './fact.ts';
import { readIngress, readLoadBalancer, readTargetGroup } from './load-balancer.ts';
import { readMachine } from './machine.ts';
import { readVpc } from './network.ts';
import { neededByExecutionRole } from './needed-permissions.ts';
import { readDeletedSecrets, readRole } from './permissions.ts';

/** Running On-Demand Standard instances, in vCPUs. */
const VCPU_QUOTA = { ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' };

/** VPCs per region. */
const VPC_QUOTA = { ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' };

const NO_ROLE = ['NoSuchEntityException', 'NoSuchEntity'];

/** What AWS and the SDK say where there are no credentials that it takes. */
const NO_CREDENTIALS = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

/** Reads everything that the rules look at. It changes nothing; what may not be read is a fact, too. */
export async function readFacts(aws: Aws, environment: Environment): Promise<Facts> {
  const [existing, account, machine] = await Promise.all([
    readExisting(aws, environment),
    readAccount(aws, environment),
    readMachine(),
  ]);
  const groups = new Set([
    ...(valueOf(existing.loadBalancer)?.securityGroupIds ?? []),
    ...(valueOf(existing.cluster)?.instances ?? []).flatMap(({ securityGroupIds }) => securityGroupIds),
  ]);
  return { ...existing, ...account, machine, ingress: await readFact(() => readIngress(aws, [...groups])) };
}

async function readAccount(
  aws: Aws,
  environment: Environment,
): Promise<Pick<Facts, 'identity' | 'zones' | 'addresses' | 'vpcs' | 'vcpuLimit' | 'plan' | 'deletedSecrets'>> {
  const createsSomething = environment.cluster.from === 'create' || isManaged(environment.database);
  const [identity, zones, addresses, vpcs, vcpuLimit, plan, deletedSecrets] = await Promise.all([
    readFact(() => readIdentity(aws), ...NO_CREDENTIALS),
    readFact(async () => {
      const { AvailabilityZones = [] } = await aws.ec2.send(new DescribeAvailabilityZonesCommand({}));
      return AvailabilityZones.filter(({ State }) => State === 'available').map(({ ZoneName }) => ZoneName!);
    }),
    readFact(() => readAddresses(aws, environment)),
    environment.network.from === 'create' ? readFact(() => readVpcs(aws, environment)) : undefined,
    readFact(async () => (await aws.quotas.send(new GetServiceQuotaCommand(VCPU_QUOTA))).Quota?.Value),
    createsSomething ? readFact(() => readAccountPlan(aws)) : undefined,
    readFact(() => readDeletedSecrets(aws, environment.prefix)),
  ]);
  return { identity, zones, addresses, ...(vpcs && { vpcs }), vcpuLimit, ...(plan && { plan }), deletedSecrets };
}

async function readIdentity({ sts }: Aws): Promise<{ account: string; arn: string }> {
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand());
  return { account: Account!, arn: Arn! };
}

/** Addresses of an earlier deployment of the environment are kept, so they count as free. */
async function readAddresses(
  { ec2 }: Aws,
  { name }: Environment,
): Promise<{ limit: number; used: number } | undefined> {
  const { AccountAttributes = [] } = await ec2.send(
    new DescribeAccountAttributesCommand({ AttributeNames: ['vpc-max-elastic-ips' as never] }),
  );
  const limit = AccountAttributes[0]?.AttributeValues?.[0]?.AttributeValue;
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
  const others = Addresses.filter(({ Tags = [] }) => !isOurs(Tags, name));
  return limit === undefined ? undefined : { limit: Number(limit), used: others.length };
}

async function readVpcs(
  { ec2, quotas }: Aws,
  { name }: Environment,
): Promise<{ limit: number; used: number } | undefined> {
  const { Quota } = await quotas.send(new GetServiceQuotaCommand(VPC_QUOTA));
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const others = Vpcs.filter(({ Tags = [] }) => !isOurs(Tags, name));
  return Quota?.Value === undefined ? undefined : { limit: Quota.Value, used: others.length };
}

type Existing = Pick<
  Facts,
  'auroraVersions' | 'vpc' | 'cluster' | 'loadBalancer' | 'targetGroups' | 'repositories' | 'roles'
>;

/** The blocks that the environment looks up. */
async function readExisting(aws: Aws, environment: Environment): Promise<Existing> {
  const { network, cluster, database, loadBalancer, registry, roles } = environment;
  const facts: Existing = {};
  if (database.from === 'aurora') facts.auroraVersions = await readFact(() => readAuroraVersions(aws));
  if (network.from === 'existing') facts.vpc = await readFact(() => readVpc(aws, network), 'InvalidVpcID.NotFound');
  if (cluster.from === 'existing')
    facts.cluster = await readFact(() => readCluster(aws, environment), 'ClusterNotFoundException');
  if (loadBalancer.from === 'existing') {
    facts.loadBalancer = await readFact(
      () => readLoadBalancer(aws, loadBalancerName(environment)),
      'LoadBalancerNotFoundException',
      'LoadBalancerNotFound',
    );
    facts.targetGroups = await readEach((service) =>
      readFact(
        () => readTargetGroup(aws, targetGroupNames(environment)[service]),
        'TargetGroupNotFoundException',
        'TargetGroupNotFound',
      ),
    );
  }
  if (registry.from === 'existing')
    facts.repositories = await readEach((service) =>
      readFact(async () => {
        const names = { repositoryNames: [repositoryNames(environment)[service]] };
        return (await aws.ecr.send(new DescribeRepositoriesCommand(names))).repositories?.[0]?.repositoryUri;
      }, 'RepositoryNotFoundException'),
    );
  if (roles.from === 'existing')
    facts.roles = {
      task: await readFact(() => readRole(aws, roles.taskRole!), ...NO_ROLE),
      execution: await readFact(
        () => readRole(aws, roles.executionRole!, (...of) => neededByExecutionRole(environment, ...of)),
        ...NO_ROLE,
      ),
    };
  return facts;
}

async function readAuroraVersions({ rds }: Aws): Promise<string[] | undefined> {
  const versions: string[] = [];
  for await (const { DBEngineVersions = [] } of paginateDescribeDBEngineVersions(
    { client: rds },
    { Engine: 'aurora-postgresql' },
  ))
    versions.push(...DBEngineVersions.map(({ EngineVersion }) => EngineVersion!));
  return versions.length > 0 ? versions : undefined;
}

async function readEach<T>(read: (service: ServiceName) => Promise<Fact<T>>): Promise<Record<ServiceName, Fact<T>>> {
  const facts = await Promise.all(serviceNames.map(async (service) => [service, await read(service)] as const));
  return Object.fromEntries(facts) as Record<ServiceName, Fact<T>>;
}

/** Whether a resource has the tags that every stack of the environment gives. */
const isOurs = (tags: { Key?: string; Value?: string }[], environment: string): boolean =>
  Object.entries({ project: 'stockroom', environment }).every(([key, value]) =>
    tags.some(({ Key, Value }) => Key === key && Value === value),
  );

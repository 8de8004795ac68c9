import {
  DescribeAccountAttributesCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { identify } from '../../deploy/aws/account.ts';
import type { Aws } from '../../deploy/aws/clients.ts';
import { type Environment, type ServiceName, serviceNames } from '../../environments/environment.ts';
import { loadBalancerName, repositoryNames, targetGroupNames } from '../../environments/names.ts';
import type { Fact, Facts } from '../facts.ts';
import { valueOf } from '../rules/examine.ts';
import { readCluster } from './cluster.ts';
import { readFact } from './fact.ts';
import { readIngress, readLoadBalancer, readTargetGroup } from './load-balancer.ts';
import { readMachine } from './machine.ts';
import { readVpc } from './network.ts';
import { EXECUTION_ACTIONS, readDeletedSecrets, readRole } from './permissions.ts';

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
  { prefix }: Environment,
): Promise<Pick<Facts, 'identity' | 'zones' | 'addresses' | 'deletedSecrets'>> {
  const [identity, zones, addresses, deletedSecrets] = await Promise.all([
    readFact(() => identify(aws)),
    readFact(async () => {
      const { AvailabilityZones = [] } = await aws.ec2.send(new DescribeAvailabilityZonesCommand({}));
      return AvailabilityZones.filter(({ State }) => State === 'available').map(({ ZoneName }) => ZoneName!);
    }),
    readFact(() => readAddresses(aws)),
    readFact(() => readDeletedSecrets(aws, prefix)),
  ]);
  return { identity, zones, addresses, deletedSecrets };
}

async function readAddresses({ ec2 }: Aws): Promise<{ limit: number; used: number } | undefined> {
  const { AccountAttributes = [] } = await ec2.send(
    new DescribeAccountAttributesCommand({ AttributeNames: ['vpc-max-elastic-ips' as never] }),
  );
  const limit = AccountAttributes[0]?.AttributeValues?.[0]?.AttributeValue;
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
  return limit === undefined ? undefined : { limit: Number(limit), used: Addresses.length };
}

type Existing = Pick<Facts, 'vpc' | 'cluster' | 'loadBalancer' | 'targetGroups' | 'repositories' | 'roles'>;

/** The blocks that the environment looks up. */
async function readExisting(aws: Aws, environment: Environment): Promise<Existing> {
  const { network, cluster, loadBalancer, registry, roles } = environment;
  const facts: Existing = {};
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
      task: await readFact(() => readRole(aws, roles.taskRole!, []), 'NoSuchEntityException', 'NoSuchEntity'),
      execution: await readFact(
        () => readRole(aws, roles.executionRole!, EXECUTION_ACTIONS),
        'NoSuchEntityException',
        'NoSuchEntity',
      ),
    };
  return facts;
}

async function readEach<T>(read: (service: ServiceName) => Promise<Fact<T>>): Promise<Record<ServiceName, Fact<T>>> {
  const facts = await Promise.all(serviceNames.map(async (service) => [service, await read(service)] as const));
  return Object.fromEntries(facts) as Record<ServiceName, Fact<T>>;
}

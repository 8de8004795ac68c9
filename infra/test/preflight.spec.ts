import { describe, expect, it } from '@jest/globals';
import { environments } from '../environments/index.ts';
import type { Variables } from '../environments/variables.ts';
import { chooseDatabaseInstance } from '../preflight/database-instance.ts';
import { evaluate, report } from '../preflight/evaluate.ts';

const targetGroup = (service: string, port: number) => ({
  arn: `arn:${service}`,
  vpcId: 'vpc-1',
  type: 'instance',
  protocol: 'HTTP',
  port,
  healthPath: '/health/ready',
  matcher: '200',
  intervalSeconds: 5,
  timeoutSeconds: 3,
  healthyThreshold: 2,
  deregistrationDelaySeconds: 15,
  loadBalancerArns: [],
});

const instance = (id: string, zone: string, publicAddress: string) => ({
  id,
  status: 'ACTIVE',
  agentConnected: true,
  attributes: ['ecs.capability.docker-remote-api.1.44'],
  architecture: 'x86_64',
  zone,
  publicAddress,
  securityGroupIds: ['sg-instances'],
  available: { cpu: 1024, memoryMiB: 920, networkInterfaces: 1 },
});

/** A lab in which nothing has to be changed. */
const prepared = () => ({
  identity: { value: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/engineer' } },
  zones: { value: ['us-east-1a', 'us-east-1b'] },
  addresses: { value: { limit: 5, used: 0 } },
  vpcs: { value: { limit: 5, used: 1 } },
  vcpuLimit: { value: 5 },
  plan: { value: 'PAID' as const },
  machine: { dockerArchitecture: 'amd64', freeGiB: 40 },
  vpc: {
    value: {
      id: 'vpc-1',
      cidr: '10.0.0.0/16',
      dnsSupport: true,
      dnsHostnames: true,
      subnets: [{ id: 'subnet-1', zone: 'us-east-1a' }],
    },
  },
  cluster: {
    value: {
      status: 'ACTIVE',
      capacityProviders: [],
      instances: [instance('i-1', 'us-east-1a', '203.0.113.1'), instance('i-2', 'us-east-1b', '203.0.113.2')],
    },
  },
  loadBalancer: {
    value: {
      arn: 'arn:lb',
      dnsName: 'lab.elb.amazonaws.com',
      isInternetFacing: true,
      vpcId: 'vpc-1',
      securityGroupIds: ['sg-alb'],
      listeners: [{ port: 80, protocol: 'HTTP', rules: [{ priority: 'default', targetGroupArns: [] as string[] }] }],
    },
  },
  targetGroups: { api: { value: targetGroup('api', 3000) }, gateway: { value: targetGroup('gateway', 8080) } },
  ingress: {
    value: {
      'sg-alb': [
        { fromPort: 80, toPort: 80, cidrs: ['0.0.0.0/0'], groupIds: [] },
        { fromPort: 3000, toPort: 3000, cidrs: ['203.0.113.1/32'], groupIds: [] },
        { fromPort: 3000, toPort: 3000, cidrs: ['203.0.113.2/32'], groupIds: [] },
      ],
      'sg-instances': [{ fromPort: 32768, toPort: 65535, cidrs: [], groupIds: ['sg-alb'] }],
    },
  },
  repositories: { api: { value: 'r/api' }, gateway: { value: 'r/gateway' } },
  roles: {
    task: { value: { arn: 'arn:role/LabRole', trustsTasks: true } },
    execution: { value: { arn: 'arn:role/LabRole', trustsTasks: true, denied: { value: [] as string[] } } },
  },
  deletedSecrets: { value: [] as string[] },
});

const variables = { API_SOURCE_CIDRS: '203.0.113.1/32,203.0.113.2/32' };

function findingsOf(change: (facts: any) => void = () => undefined, given: Variables = {}) {
  const facts = prepared();
  change(facts);
  const all = { ...variables, ...given };
  return evaluate(environments.lab!(all), facts, all);
}

const toDos = (change?: (facts: any) => void, given?: Variables) =>
  findingsOf(change, given).flatMap((it) =>
    it.status === 'to do' ? [`${it.subject}: ${it.detail} → ${it.change}`] : [],
  );

describe('Preflight of a lab', () => {
  it('finds nothing to do where everything fits', () => {
    expect(toDos()).toEqual([]);
  });

  // The default keeps the function at three parameters: Jest passes `done` as the first that a row lacks, and waits for it.
  it.each<[string, (facts: any) => void, RegExp, Variables?]>([
    ['missing credentials', (f) => (f.identity = { missing: true }), /^Credentials: .*→ Set AWS_PROFILE/],
    [
      'another account',
      () => undefined,
      /^Credentials: they are for account 123456789012.*1111/,
      { AWS_ACCOUNT_ID: '1111' },
    ],
    ['a missing VPC', (f) => (f.vpc = { missing: true }), /^VPC: it does not exist → Set VPC_ID/],
    [
      'a VPC without DNS host names',
      (f) => (f.vpc.value.dnsHostnames = false),
      /^VPC: DNS host names are off.*→ aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames/,
    ],
    ['no subnet', (f) => (f.vpc.value.subnets = []), /^Subnets: no subnet.*→ Set SUBNET_IDS/],
    ['a missing cluster', (f) => (f.cluster = { missing: true }), /^Cluster: it does not exist → Set CLUSTER/],
    [
      'a cluster without instances',
      (f) => (f.cluster.value.instances = []),
      /^Cluster: no instance is ACTIVE.*ECS_CLUSTER=stockroom/,
    ],
    [
      'agents that are not connected',
      (f) => f.cluster.value.instances.forEach((it: any) => (it.agentConnected = false)),
      /^Cluster: no instance is ACTIVE with a connected agent \(2 registered\)/,
    ],
    [
      'too little memory for a rolling deployment',
      (f) => (f.cluster.value.instances[1].available.memoryMiB = 400),
      /^Capacity: a rolling deployment needs 1408 CPU units, 1472 MiB and does not fit/,
    ],
    [
      'instances of another architecture',
      (f) => f.cluster.value.instances.forEach((it: any) => (it.architecture = 'arm64')),
      /^Instances: the images are built for x86_64.*→ Set INSTANCE_TYPE/,
    ],
    [
      'a database bound to an instance that is not there',
      () => undefined,
      /^Database: DATABASE_INSTANCE_ID i-9 is no ACTIVE instance of the cluster → Set DATABASE_INSTANCE_ID in .env.lab to one of i-1 in us-east-1a, i-2 in us-east-1b, or leave it out\.$/,
      { DATABASE_INSTANCE_ID: 'i-9' },
    ],
    [
      'subnets in another zone than the instances',
      (f) => (f.vpc.value.subnets[0].zone = 'us-east-1c'),
      /^Database: no instance \(i-1 in us-east-1a, i-2 in us-east-1b\) is in a zone of the subnets \(us-east-1c\).* → Set SUBNET_IDS/,
    ],
    [
      'security options without their attribute',
      () => undefined,
      /^Security options: i-1, i-2 lack ecs.capability.selinux.*→ Leave SECURITY_OPTIONS out/,
      { SECURITY_OPTIONS: 'true' },
    ],
    [
      'a missing load balancer',
      (f) => (f.loadBalancer = { missing: true }),
      /^Load balancer: it does not exist → Set LOAD_BALANCER/,
    ],
    [
      'a missing listener',
      (f) => (f.loadBalancer.value.listeners[0].port = 8080),
      /^Public listener: there is no listener on port 80 \(there are: 8080 HTTP\) → Set PUBLIC_PORT/,
    ],
    [
      'a rule priority that is taken',
      (f) =>
        f.loadBalancer.value.listeners[0].rules.push(
          { priority: '100', targetGroupArns: ['arn:other'] },
          { priority: '101', targetGroupArns: [] },
        ),
      /^Public listener: rule priority 100 is taken → Set RULE_PRIORITY in .env.lab to 102\.$/,
    ],
    [
      'an API port that is taken',
      (f) => f.loadBalancer.value.listeners.push({ port: 3000, protocol: 'HTTP', rules: [] }),
      /^Listener of the API: port 3000 has a listener already → Set API_PORT .* API_LISTENER=existing/,
    ],
    [
      'one of two rule priorities for seven sources taken',
      (f) => f.loadBalancer.value.listeners[0].rules.push({ priority: '91', targetGroupArns: ['arn:other'] }),
      /^Listener of the API: of the rule priorities from 90 on, the API needs 2, and one is taken → Set API_RULE_PRIORITY in .env.lab to 92\.$/,
      { API_LISTENER: 'shared', API_SOURCE_CIDRS: [1, 2, 3, 4, 5, 6, 7].map((n) => `203.0.113.${n}/32`).join(',') },
    ],
    [
      'a target group that another load balancer uses',
      (f) => (f.targetGroups.api.value.loadBalancerArns = ['arn:lb', 'arn:other']),
      /^Target group of the api: it is attached to another load balancer \(arn:lb, arn:other\), and AWS allows one → Create a target group with instance targets/,
    ],
    [
      'targets of another type',
      (f) => (f.targetGroups.api.value.type = 'ip'),
      /^Target group of the api: its targets are of type ip → Set TARGET_TYPE=ip/,
    ],
    [
      'a health check of /',
      (f) => (f.targetGroups.gateway.value.healthPath = '/'),
      /^Target group of the gateway: its health check asks for \/, .*→ aws elbv2 modify-target-group --target-group-arn arn:gateway --health-check-path \/health\/ready/,
    ],
    [
      'the console’s slow health check',
      (f) => Object.assign(f.targetGroups.api.value, { intervalSeconds: 30, healthyThreshold: 5 }),
      /healthy after 150 s at the earliest, and the grace period is 30 s → .*--healthy-threshold-count 2/,
    ],
    [
      'a deregistration delay of 300 s',
      (f) => (f.targetGroups.api.value.deregistrationDelaySeconds = 300),
      /deregistration delay of 300 s .*Value=15/,
    ],
    ['a matcher without 200', (f) => (f.targetGroups.api.value.matcher = '201-299'), /its matcher is 201-299/],
    [
      'a missing target group',
      (f) => (f.targetGroups.api = { missing: true }),
      /^Target group of the api: it does not exist → Create a target group named stockroom-api \(instance targets, HTTP, port 3000/,
    ],
    [
      'an API port that does not admit the gateway',
      (f) => f.ingress.value['sg-alb'].pop(),
      /^API port: .*does not admit the gateway to port 3000; it arrives from 203.0.113.1\/32,203.0.113.2\/32 → Add inbound rules/,
    ],
    [
      'instances that do not admit the load balancer',
      (f) => (f.ingress.value['sg-instances'] = []),
      /^Instances: sg-instances does not admit .*→ aws ec2 authorize-security-group-ingress --group-id sg-instances --protocol tcp --port 32768-65535 --source-group sg-alb/,
    ],
    [
      'instances that admit a part of the VPC',
      (f) => Object.assign(f.ingress.value['sg-instances'][0], { groupIds: [], cidrs: ['10.0.0.0/17'] }),
      /^Instances: sg-instances does not admit the load balancer to ports 32768-65535/,
    ],
    [
      'an API port that admits other addresses',
      (f) =>
        f.ingress.value['sg-alb'].forEach((rule: any) => rule.toPort === 3000 && (rule.cidrs = ['203.0.113.0/31'])),
      /^API port: .*does not admit the gateway to port 3000/,
    ],
    [
      'a missing repository',
      (f) => (f.repositories.api = { missing: true }),
      /^Repository of the api: .*→ aws ecr create-repository --repository-name stockroom-api/,
    ],
    [
      'an execution role that may not read secrets',
      (f) => (f.roles.execution.value.denied = { value: ['secretsmanager:GetSecretValue on arn:x'] }),
      /^Execution role, permissions: .*may not call secretsmanager:GetSecretValue on arn:x → Attach a policy/,
    ],
    [
      'a role that tasks may not assume',
      (f) => (f.roles.task.value.trustsTasks = false),
      /^Task role: arn:role\/LabRole does not trust ecs-tasks.amazonaws.com.*→ Add "Service"/,
    ],
    [
      'a secret in its recovery window',
      (f) => (f.deletedSecrets.value = ['stockroom-lab/database-url']),
      /^Secrets: stockroom-lab\/database-url was deleted.*--force-delete-without-recovery/,
    ],
    ['no Docker engine', (f) => (f.machine.dockerArchitecture = undefined), /^Docker: no Docker engine responds/],
    ['a full disk', (f) => (f.machine.freeGiB = 2), /^Disk: 2 GiB are free/],
  ])('asks for exactly one change with %s', (_, change, sentence, given = {}) => {
    expect(toDos(change, given)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<[string, (facts: any) => void]>([
    ['a range that contains the sources', (f) => (f.ingress.value['sg-alb'][1].cidrs = ['203.0.113.0/30'])],
    [
      'the load balancer from the whole VPC',
      (f) => Object.assign(f.ingress.value['sg-instances'][0], { groupIds: [], cidrs: ['10.0.0.0/8'] }),
    ],
    [
      'the load balancer by the second security group of each instance',
      (f) => f.cluster.value.instances.forEach((it: any) => it.securityGroupIds.unshift('sg-ssh')),
    ],
    ['a target group that our load balancer uses', (f) => (f.targetGroups.api.value.loadBalancerArns = ['arn:lb'])],
  ])('accepts %s', (_, change) => {
    expect(toDos(change)).toEqual([]);
  });

  it.each<[string, (cluster: any) => void, string | undefined]>([
    ['the one with the most memory left', ({ instances }) => (instances[0].available.memoryMiB = 500), 'i-2'],
    [
      'the one that has the data, though it has less memory left',
      (cluster) => {
        cluster.databaseInstanceId = 'i-1';
        cluster.instances[0].available.memoryMiB = 500;
      },
      'i-1',
    ],
    ['another one where that one is gone', (cluster) => (cluster.databaseInstanceId = 'i-9'), 'i-1'],
    ['one in a zone of the subnets', ({ instances }) => (instances[0].zone = 'us-east-1c'), 'i-2'],
    [
      'none whose agent is not connected',
      ({ instances }) => instances.forEach((it: any) => (it.agentConnected = false)),
      undefined,
    ],
  ])('keeps the data of a container database on %s', (_, change, id) => {
    const cluster = prepared().cluster.value;
    change(cluster);
    expect(chooseDatabaseInstance(cluster, ['us-east-1a', 'us-east-1b'])?.id).toBe(id);
  });

  it('accepts the rules and listeners of an earlier deployment', () => {
    const deployed = (facts: any) => {
      facts.loadBalancer.value.listeners[0].rules.push({ priority: '100', targetGroupArns: ['arn:gateway'] });
      facts.loadBalancer.value.listeners.push({
        port: 3000,
        protocol: 'HTTP',
        rules: [{ priority: '90', targetGroupArns: ['arn:api'] }],
      });
    };
    expect(toDos(deployed)).toEqual([]);
  });

  it('names the sources to set where the API’s port has none', () => {
    const [finding] = toDos(undefined, { API_SOURCE_CIDRS: undefined });
    expect(finding).toMatch(/→ Set API_SOURCE_CIDRS=203.0.113.1\/32,203.0.113.2\/32 in .env.lab\.$/);
  });

  it('checks nothing else without credentials', () => {
    expect(findingsOf((facts) => (facts.identity = { missing: true }))).toHaveLength(1);
  });

  it('says what it may not read instead of guessing', () => {
    const findings = findingsOf((facts) => (facts.roles.execution.value.denied = { unreadable: 'AccessDenied: no' }));
    expect(findings).toContainEqual({
      status: 'cannot be checked',
      subject: 'Execution role, permissions',
      detail: 'AccessDenied: no',
    });
  });

  it('prints a line for each finding, the change under each "to do", and a summary', () => {
    const lines = report(
      'lab',
      findingsOf((facts) => (facts.machine.freeGiB = 2)),
    ).split('\n');
    expect(lines).toContain('✖ Disk: 2 GiB are free, and building both images needs 6');
    expect(lines).toContain('    → docker system prune, or free space otherwise.');
    expect(lines.at(-1)).toMatch(/^lab: \d+ passed, 1 to do, 0 cannot be checked$/);
  });
});

describe('Preflight of a new account', () => {
  const toDosOf = (name: string, change: (facts: any) => void) => {
    const { identity, zones, addresses, vpcs, vcpuLimit, plan, machine, ingress, deletedSecrets } = prepared();
    const facts: any = { identity, zones, addresses, vpcs, vcpuLimit, plan, machine, ingress, deletedSecrets };
    change(facts);
    const given = { ADMIN_EMAIL: 'admin@example.com' };
    return evaluate(environments[name]!(given), facts, given).flatMap((it) =>
      it.status === 'to do' ? [`${it.subject}: ${it.detail}`] : [],
    );
  };

  it('finds nothing to do where the quotas suffice', () => {
    expect(['sandbox', 'production'].flatMap((name) => toDosOf(name, () => undefined))).toEqual([]);
  });

  it('names all that the free plan refuses of production, and nothing of the sandbox', () => {
    const free = (facts: any) => (facts.plan.value = 'FREE');
    expect(toDosOf('sandbox', free)).toEqual([]);
    expect(toDosOf('production', free)).toEqual([
      'Account plan: the free plan includes no m7g.large, m6g.large',
      'Account plan: the free plan includes no database of class db.t4g.medium',
      'Account plan: the free plan keeps backups for 1 day, and backupDays is 14',
    ]);
  });

  it.each([
    [
      'a quota below the cluster at rest',
      (facts: any) => (facts.vcpuLimit.value = 3),
      'vCPU quota: 3 vCPUs, and the cluster needs 4 at rest',
    ],
    [
      'a region that has all the VPCs it may have',
      (facts: any) => (facts.vpcs.value.used = 5),
      'VPC quota: all of the 5 VPCs that the region may have exist',
    ],
    [
      'Elastic IP addresses that others use',
      (facts: any) => (facts.addresses.value.used = 4),
      'Elastic IP addresses: 1 of 5 are free, and the NAT gateways need 2',
    ],
    [
      'a region with one zone',
      (facts: any) => (facts.zones.value = ['a']),
      'Region: us-east-1 has 1 availability zones, and 2 are needed',
    ],
  ])('asks production for exactly one change with %s', (_, change, sentence) => {
    expect(toDosOf('production', change)).toEqual([sentence]);
  });
});

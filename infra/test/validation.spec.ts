import { describe, expect, it } from '@jest/globals';
import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/index.ts';
import { AuroraDatabase, ContainerDatabase, ExistingDatabase } from '../environments/settings/database.ts';
import { ExistingNetwork } from '../environments/settings/network.ts';
import { settings } from '../environments/settings/settings.ts';
import { InvalidEnvironmentError } from '../validation/invalid-environment.ts';
import { validate } from '../validation/validate.ts';

const variables = {
  CERTIFICATE_ARN: 'arn:aws:acm:eu-central-1:123456789012:certificate/x',
  DOMAIN_NAME: 'stockroom.example',
  ADMIN_EMAIL: 'a@b.example',
};

function violationsOf(name: string, change: (environment: any) => void = () => undefined): string[] {
  const environment: Environment = environments[name]!(variables);
  change(environment);
  try {
    validate(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return error.violations;
    throw error;
  }
}

describe('An environment', () => {
  it.each(Object.keys(environments))('%s is right as it is', (name) => {
    expect(violationsOf(name)).toEqual([]);
  });

  it('says all that is wrong at once, and what to write instead', () => {
    expect(() => validate(environments.production!({}))).toThrow(
      [
        'The environment production is invalid:',
        '  - adminEmail: without it no first admin can sign in; set ADMIN_EMAIL to the first admin’s address.',
        '  - loadBalancer: production without HTTPS sends passwords unencrypted; set DOMAIN_NAME, and CERTIFICATE_ARN where there is a certificate already, or PLAIN_HTTP_ACCEPTED=true to accept that.',
      ].join('\n'),
    );
  });

  it('has RDS or Aurora in production, and no other database', () => {
    expect(() => environments.production!({ ...variables, DATABASE: 'mysql' })).toThrow(
      'DATABASE is mysql; set it to rds or aurora.',
    );
    expect(environments.production!({ ...variables, DATABASE: 'aurora' }).database.from).toBe('aurora');
  });

  it.each<[string, string, (environment: any) => void, RegExp]>([
    [
      'a container database in production',
      'production',
      (e) => {
        e.database = new ContainerDatabase();
        e.cluster.maxInstanceDays = 0;
      },
      /^database: a container’s data lives and dies with one instance; in production write/,
    ],
    [
      'Aurora with backups for longer than it keeps them',
      'production',
      (e) => (e.database = settings(AuroraDatabase, { backupDays: 36 })),
      /^database.backupDays is 36; Aurora keeps backups for 1 to 35 days\.$/,
    ],
    ...[
      [0.7, 8],
      [0.5, 257],
      [4, 2],
      [0, 0.5],
    ].map(([minCapacity, maxCapacity]): [string, string, (environment: any) => void, RegExp] => [
      `Aurora with ${minCapacity} to ${maxCapacity} capacity units`,
      'production',
      (e) => (e.database = settings(AuroraDatabase, { minCapacity, maxCapacity })),
      /^database: minCapacity \S+ and maxCapacity \S+ must rise, in halves, from 0 and from 1 to 256\.$/,
    ]),
    [
      'Aurora with more readers than it may have',
      'production',
      (e) => (e.database = settings(AuroraDatabase, { readers: 16 })),
      /^database.readers is 16; write 0 to 15\.$/,
    ],
    [
      'a version of the passwords that is no number',
      'production',
      (e) => (e.database.passwordVersion = Number('two')),
      /^database.passwordVersion is NaN; set DATABASE_PASSWORD_VERSION to 1, or to one more than before\.$/,
    ],
    [
      'an unknown store of secrets',
      'lab',
      (e) => (e.secretStore = 'vault'),
      /^secretStore is vault; set SECRET_STORE to secrets-manager or parameter-store\.$/,
    ],
    [
      'parameters where a managed database rotates its passwords',
      'production',
      (e) => (e.secretStore = 'parameter-store'),
      /^secretStore: parameter-store is for a prepared account with existing roles; write secretStore: 'secrets-manager'/,
    ],
    [
      'production without backups',
      'production',
      (e) => (e.database.backupDays = 0),
      /backupDays is 0; in production write at least 1/,
    ],
    [
      'bridge mode with ip target groups',
      'production',
      (e) => (e.networkMode = 'bridge'),
      /^networkMode bridge does not go with ip target groups; .* write targetType: 'instance'\.$/,
    ],
    [
      'awsvpc mode with instance target groups',
      'production',
      (e) => {
        e.networkMode = 'awsvpc';
        e.loadBalancer.targetType = 'instance';
      },
      /^networkMode awsvpc does not go with instance target groups; .* write targetType: 'ip'\.$/,
    ],
    [
      'a stop timeout within the drain budget',
      'lab',
      (e) => (e.services.api.stopTimeoutSeconds = 20),
      /^services.api.stopTimeoutSeconds is 20, and the app drains for up to 20 s: .* Write more than 20\.$/,
    ],
    [
      'a deregistration that outlives its task',
      'sandbox',
      (e) => {
        e.loadBalancer.deregistrationDelaySeconds = 300;
        e.services.gateway.stopTimeoutSeconds = 301;
      },
      /deregistrationDelaySeconds is above services.api.stopTimeoutSeconds \(30\)/,
    ],
    [
      'a grace period within the first checks',
      'lab',
      (e) => (e.services.api.gracePeriodSeconds = 10),
      /gracePeriodSeconds is 10; a healthy start takes 10 s/,
    ],
    [
      'a task larger than its instance',
      'lab',
      (e) => {
        e.services.api.memoryReservationMiB = 1000;
        e.services.api.memoryMiB = 1000;
      },
      /^services.api: a task of 192 CPU units and 1000 MiB is larger than its instance, of which ECS leaves 1024 CPU units, 920 MiB/,
    ],
    [
      'a rolling deployment that two t2.micro cannot hold',
      'lab',
      (e) => {
        e.services.api.memoryReservationMiB = 256;
        e.services.gateway.memoryReservationMiB = 256;
      },
      /^cluster: a deployment of both services at their desired count needs 3 instances, and there are 2/,
    ],
    [
      'more tasks than the largest cluster holds',
      'production',
      (e) => (e.cluster.maxInstances = 2),
      /^cluster.maxInstances is 2, .* needs \d+; leave it out, or write at least/,
    ],
    [
      'a target group name above 32 characters',
      'lab',
      (e) => (e.loadBalancer.targetGroups.api = 'a'.repeat(33)),
      /targetGroups.api is a{33} \(33 characters\); give it a name of 1 to 32/,
    ],
    [
      'an existing VPC that nothing is known of',
      'lab',
      (e) => (e.network = settings(ExistingNetwork, { subnetIds: ['subnet-1'] })),
      /^network: an existing VPC is looked up by id or tags; set VPC_ID/,
    ],
    [
      'existing subnets that nothing is known of',
      'lab',
      (e) => (e.network = settings(ExistingNetwork, { vpcId: 'vpc-1' })),
      /^network: existing subnets are looked up by ids or tags; set SUBNET_IDS/,
    ],
    [
      'an existing database without its secret',
      'lab',
      (e) => (e.database = new ExistingDatabase()),
      /set DATABASE_URL_SECRET_ARN/,
    ],
    [
      'mail without a sender',
      'lab',
      (e) => (e.mail = { urlSecretArn: 'arn:aws:ssm:x:1:parameter/smtp' }),
      /^mail: .*set MAIL_FROM/,
    ],
    [
      'mail by a secret that a created role may not read',
      'production',
      (e) => (e.mail = { urlSecretArn: 'arn:aws:ssm:x:1:parameter/smtp', from: 'stock@example.com' }),
      /^mail: .*set SMTP_URL_SECRET_ARN/,
    ],
    [
      'traces that are sent to no URL',
      'sandbox',
      (e) => (e.otlpEndpoint = 'collector:4317'),
      /set OTEL_EXPORTER_OTLP_ENDPOINT to one/,
    ],
    ['existing roles without names', 'lab', (e) => (e.roles.taskRole = undefined), /set TASK_ROLE/],
    ['an existing cluster without a name', 'lab', (e) => (e.cluster.name = ''), /set CLUSTER/],
    [
      'the API on the listener of the world',
      'lab',
      (e) => (e.loadBalancer.apiPort = 80),
      /the API needs a listener of its own, such as 3000/,
    ],
    [
      'a load balancer that keeps connections longer than the servers',
      'production',
      (e) => (e.loadBalancer.idleSeconds = 75),
      /^loadBalancer.idleSeconds is 75, and the servers close after 75 s.* Write less than 75\.$/,
    ],
    [
      'a certificate without the host name that it is for',
      'production',
      (e) => (e.loadBalancer.domainName = undefined),
      /^loadBalancer: a certificate is for a host name, .* set DOMAIN_NAME\.$/,
    ],
    [
      'a shared listener that cannot tell the API’s requests apart',
      'lab',
      (e) => (e.loadBalancer.apiListener = 'shared'),
      /tells requests for the API apart by their source; set API_SOURCE_CIDRS/,
    ],
    [
      'a rule for the API behind one that forwards everything',
      'lab',
      (e) =>
        Object.assign(e.loadBalancer, { apiListener: 'shared', apiSources: ['203.0.113.7/32'], apiRulePriority: 100 }),
      /^loadBalancer.apiRulePriority is 100, .* write less than 100\.$/,
    ],
    ...['10.0.0.1', '10.0.0.0/33', '10.0.0/8', 'anywhere/8', '10.0.0.1/', '2001:db8::/32'].map(
      (source): [string, string, (environment: any) => void, RegExp] => [
        `${source} as a source`,
        'lab',
        (e) => (e.loadBalancer.apiSources = [source]),
        /must be CIDR ranges, such as 203\.0\.113\.7\/32\.$/,
      ],
    ),
    [
      'a memory target below what a task uses at rest',
      'lab',
      (e) => (e.services.api.targetMemoryPercent = 75),
      /^services.api: at rest, autoscaling would change desiredCount 2 to 3; write desiredCount: 2, and leave targetMemoryPercent out/,
    ],
    [
      'a desired count that autoscaling leaves at rest',
      'production',
      (e) => (e.services.gateway.desiredCount = 3),
      /^services.gateway: at rest, autoscaling would change desiredCount 3 to 2; write desiredCount: 2/,
    ],
    [
      'a container’s data on instances that are replaced',
      'sandbox',
      (e) => (e.database = new ContainerDatabase()),
      /which is replaced after maxInstanceDays; write maxInstanceDays: 0/,
    ],
    ['an instance’s life of two years', 'sandbox', (e) => (e.cluster.maxInstanceDays = 730), /write 1 to 365, or 0/],
    [
      'a rule without a priority',
      'lab',
      (e) => (e.loadBalancer.rulePriority = 0),
      /rulePriority is 0; write 1 to 50000/,
    ],
    [
      'a retention that CloudWatch does not have',
      'sandbox',
      (e) => (e.monitoring.logDays = 31),
      /^monitoring.logDays is 31; CloudWatch takes 1, 3, /,
    ],
    [
      'an alarm that is always on',
      'sandbox',
      (e) => (e.monitoring.databaseFreeStorageGiB = 20),
      /alarm would always be on; write less than 20\.$/,
    ],
    [
      'an alarm’s address that is none',
      'production',
      (e) => (e.monitoring.alarmEmail = 'on-call'),
      /^monitoring.alarmEmail on-call is no address/,
    ],
    [
      'a target above everything',
      'lab',
      (e) => (e.services.api.targetCpuPercent = 160),
      /targetCpuPercent 160 .* must be 1 to 100/,
    ],
    [
      'a night with more at least than at most',
      'lab',
      (e) => (e.services.api.scheduled = [{ name: 'night', schedule: 'rate(1 day)', minCount: 2, maxCount: 1 }]),
      /^services.api.scheduled: each minCount must be at most its maxCount\.$/,
    ],
    [
      'an image by a tag',
      'lab',
      (e) => (e.services.api.image = 'example/api:latest'),
      /services.api.image must end in a digest.* set API_IMAGE/,
    ],
    [
      'tasks with addresses of their own without a way out',
      'production',
      (e) => (e.network.nat = 'none'),
      /write nat: 'one', or loadBalancer.targetType: 'instance'/,
    ],
    [
      'two architectures',
      'production',
      (e) => (e.cluster.instanceTypes = ['m7g.large', 'm7i.large']),
      /mix x86-64 and Graviton/,
    ],
    [
      'an instance type that nothing is known of',
      'lab',
      (e) => (e.cluster.instanceType = 'x9.huge'),
      /nothing is known of x9.huge; take one of t2.micro/,
    ],
    [
      'trunking where the type cannot',
      'sandbox',
      (e) => (e.cluster.eniTrunking = true),
      /^cluster.eniTrunking: t3.micro cannot/,
    ],
    [
      'a deployment that cannot begin',
      'lab',
      (e) => (e.services.api.maximumPercent = 100),
      /no deployment can begin; write maximumPercent: 200/,
    ],
    [
      'a pipeline of something that is no repository',
      'production',
      (e) => Object.assign(e, { stateBucket: 'b', pipeline: { repository: 'octo/*', identityProvider: 'create' } }),
      /^pipeline: octo\/\* names no repository; set PIPELINE_REPOSITORY to owner\/name, or to owner@<id>\/name@<id>\.$/,
    ],
    [
      'a pipeline with the id of the owner alone',
      'production',
      (e) =>
        Object.assign(e, { stateBucket: 'b', pipeline: { repository: 'octo@1/stock', identityProvider: 'create' } }),
      /^pipeline: octo@1\/stock names no repository/,
    ],
    [
      'an unknown way to the identity provider',
      'production',
      (e) => Object.assign(e, { stateBucket: 'b', pipeline: { repository: 'octo/stock', identityProvider: 'new' } }),
      /^pipeline: the identity provider is new; set PIPELINE_PROVIDER to create or existing\.$/,
    ],
    [
      'a pipeline whose state is a file',
      'production',
      (e) => (e.pipeline = { repository: 'octo/stock', identityProvider: 'create' }),
      /^pipeline: each of its runs starts in an empty folder, so the state must be in S3; set STATE_BUCKET/,
    ],
  ])('refuses %s', (_, name, change, sentence) => {
    expect(violationsOf(name, change)).toEqual([expect.stringMatching(sentence)]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { AuroraDatabase, ExistingDatabase } from '../environments/settings/database.ts';
import { Pipeline } from '../environments/settings/pipeline.ts';
import { settings } from '../environments/settings/settings.ts';
import { all, containerOf, one, synth, type Synthesised } from './support/synth.ts';

const [lab, sandbox, production] = ['lab', 'sandbox', 'production'].map((name) => synth(name));

const variableOf = (synthesised: Synthesised, task: string, name: string): string =>
  containerOf(synthesised, task).environment.find((variable: any) => variable.name === name).value;
const trustedHeaders = (synthesised: Synthesised, task: string): string =>
  variableOf(synthesised, task, 'TRUSTED_HEADERS');
const trustedHops = (synthesised: Synthesised, task: string): string => variableOf(synthesised, task, 'TRUSTED_HOPS');

describe('The lab', () => {
  it('creates no VPC, subnet, cluster, capacity, load balancer, target group, repository or role', () => {
    const types = Object.values(lab!.stacks).flatMap((stack) => Object.keys(stack.resource));
    expect([...new Set(types)].sort()).toEqual([
      'aws_appautoscaling_policy',
      'aws_appautoscaling_target',
      'aws_cloudwatch_dashboard',
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_event_target',
      'aws_cloudwatch_log_group',
      'aws_cloudwatch_metric_alarm',
      'aws_ecs_service',
      'aws_ecs_task_definition',
      'aws_lb_listener',
      'aws_lb_listener_rule',
      'aws_secretsmanager_secret',
      'aws_secretsmanager_secret_version',
      'aws_security_group',
      'aws_service_discovery_private_dns_namespace',
      'aws_service_discovery_service',
      'aws_sns_topic',
      'aws_sns_topic_policy',
      'aws_vpc_security_group_egress_rule',
      'aws_vpc_security_group_ingress_rule',
    ]);
    expect(lab!.stacks.registry).toBeUndefined();
  });

  it('reaches both services through the shared load balancer: by a rule, and by a listener of the API’s own', () => {
    expect(one(lab!, 'aws_lb_listener_rule')).toMatchObject({
      action: [{ type: 'forward', target_group_arn: expect.stringContaining('gateway-targets') }],
      condition: [{ path_pattern: { values: ['/*'] } }],
    });
    expect(one(lab!, 'aws_lb_listener')).toMatchObject({
      port: 3000,
      default_action: [{ type: 'forward', target_group_arn: expect.stringContaining('api-targets') }],
    });
  });

  it('admits to the API’s listener only the given sources, five to a rule, and answers 403 to all others', () => {
    const apiSources = [1, 2, 3, 4, 5, 6].map((n) => `203.0.113.${n}/32`);
    const restricted = synth('lab', (e: any) => (e.loadBalancer.apiSources = apiSources));
    expect(one(restricted, 'aws_lb_listener', { port: 3000 }).default_action).toEqual([
      { type: 'fixed-response', fixed_response: { content_type: 'text/plain', status_code: '403' } },
    ]);
    const rules = all(restricted, 'aws_lb_listener_rule').filter((rule) => rule.condition[0].source_ip);
    expect(rules.map(({ priority, condition }) => [priority, condition[0].source_ip.values])).toEqual([
      [90, apiSources.slice(0, 5)],
      [91, apiSources.slice(5)],
    ]);
    expect(trustedHops(restricted, 'api')).toBe('3');
  });

  it('trusts no hop that a client can write itself where every source reaches the API’s listener', () => {
    expect([trustedHops(lab!, 'api'), trustedHops(lab!, 'gateway')]).toEqual(['1', '1']);
    expect(trustedHeaders(lab!, 'api')).toBe('');
    expect(trustedHops(sandbox!, 'api')).toBe('3');
    expect(trustedHeaders(sandbox!, 'api')).toBe('x-request-id,traceparent');
  });

  it('reaches the API through the public listener where it is shared', () => {
    const shared = synth('lab', (e: any) =>
      Object.assign(e.loadBalancer, { apiListener: 'shared', apiSources: ['203.0.113.7/32'] }),
    );
    expect(all(shared, 'aws_lb_listener')).toEqual([]);
    expect(one(shared, 'aws_lb_listener_rule', { priority: 90 })).toMatchObject({
      listener_arn: one(shared, 'aws_lb_listener_rule', { priority: 100 }).listener_arn,
      condition: [{ source_ip: { values: ['203.0.113.7/32'] } }],
      action: [{ type: 'forward', target_group_arn: expect.stringContaining('api-targets') }],
    });
    expect(variableOf(shared, 'gateway', 'INVENTORY_API_URL')).toMatch(/^http:\/\/\$\{.*dns_name}$/);
  });

  it('reaches the API through an existing listener by a rule', () => {
    const existing = synth('lab', (e: any) => (e.loadBalancer.apiListener = 'existing'));
    expect(all(existing, 'aws_lb_listener')).toEqual([]);
    expect(one(existing, 'aws_lb_listener_rule', { priority: 90 }).condition).toEqual([
      { path_pattern: { values: ['/*'] } },
    ]);
  });

  it('asks for security options only where the cluster’s instances have their attribute', () => {
    for (const task of ['api', 'gateway', 'migrate', 'database']) {
      expect(containerOf(lab!, task).dockerSecurityOptions).toBeUndefined();
      const capable = synth('lab', (e: any) => (e.cluster.securityOptions = true));
      expect(containerOf(capable, task).dockerSecurityOptions).toEqual(['no-new-privileges']);
    }
  });

  it('keeps the database on the instance that its volume is on', () => {
    const pinned = synth('lab', (e: any) => (e.database.instanceId = 'i-0123456789abcdef0'));
    expect(one(pinned, 'aws_ecs_service', { name: 'stockroom-lab-database' }).placement_constraints).toEqual([
      { type: 'memberOf', expression: "ec2InstanceId == 'i-0123456789abcdef0'" },
    ]);
  });

  it('runs one PostgreSQL without root, and never two on the same data', () => {
    expect(one(lab!, 'aws_ecs_service', { name: 'stockroom-lab-database' })).toMatchObject({
      desired_count: 1,
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      placement_constraints: [{ type: 'memberOf', expression: expect.stringContaining('availability-zone == ${') }],
    });
    expect(containerOf(lab!, 'database')).toMatchObject({
      user: '999:999',
      mountPoints: [{ sourceVolume: 'data', containerPath: '/var/lib/postgresql' }],
    });
  });
});

describe.each([
  ['sandbox', sandbox!],
  ['production', production!],
])('The platform of %s', (name, synthesised) => {
  it('checks targets on readiness, and lets them go in 15 s', () => {
    for (const service of ['api', 'gateway'])
      expect(one(synthesised, 'aws_lb_target_group', { name: `stockroom-${name}-${service}` })).toMatchObject({
        deregistration_delay: '15',
        target_type: name === 'sandbox' ? 'instance' : 'ip',
        health_check: {
          path: '/health/ready',
          interval: 5,
          timeout: 3,
          healthy_threshold: 2,
          unhealthy_threshold: 3,
        },
      });
  });

  it('has a public load balancer and an internal one, both strict', () => {
    const isProduction = name === 'production';
    const balancers = all(synthesised, 'aws_lb');
    expect(balancers.map((it) => it.internal)).toEqual([true, false]);
    for (const it of balancers)
      expect(it).toMatchObject({
        idle_timeout: 60,
        drop_invalid_header_fields: true,
        desync_mitigation_mode: 'defensive',
        enable_deletion_protection: isProduction,
      });
    expect(balancers.map((it) => it.access_logs?.enabled)).toEqual(
      isProduction ? [true, true] : [undefined, undefined],
    );
  });

  it('fills its instances, and takes them only when they are empty', () => {
    expect(one(synthesised, 'aws_ecs_capacity_provider').auto_scaling_group_provider).toMatchObject({
      managed_termination_protection: 'ENABLED',
      managed_draining: 'ENABLED',
      managed_scaling: { status: 'ENABLED', target_capacity: 100 },
    });
    expect(one(synthesised, 'aws_autoscaling_group')).toMatchObject({
      protect_from_scale_in: true,
      force_delete: true,
      max_size: name === 'production' ? 5 : 2,
      max_instance_lifetime: 30 * 86_400,
      instance_refresh: {
        strategy: 'Rolling',
        preferences: { min_healthy_percentage: 100, scale_in_protected_instances: 'Refresh' },
      },
      tag: expect.arrayContaining([{ key: 'AmazonECSManaged', value: 'true', propagate_at_launch: true }]),
    });
  });

  it('starts the newest ECS-optimised Amazon Linux 2023, encrypted, without keys, its role kept from containers', () => {
    const template = one(synthesised, 'aws_launch_template');
    expect(template).toMatchObject({
      image_id: expect.stringMatching(/insecure_value}$/),
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3' } }],
    });
    expect(template.key_name).toBeUndefined();
    expect(template.user_data).toContain('ECS_AWSVPC_BLOCK_IMDS=true');
    // Without the attribute that it registers, ECS places no task that has dockerSecurityOptions.
    expect(template.user_data).toContain('ECS_SELINUX_CAPABLE=true');
    const [parameter] = Object.values<any>(synthesised.stacks.platform.data.aws_ssm_parameter);
    const folder = name === 'production' ? 'arm64/' : '';
    expect(parameter.name).toBe(`/aws/service/ecs/optimized-ami/amazon-linux-2023/${folder}recommended/image_id`);
  });

  it('keeps the database for the API’s tasks, encrypted and backed up', () => {
    expect(one(synthesised, 'aws_db_instance')).toMatchObject({
      storage_encrypted: true,
      publicly_accessible: false,
      engine_version: '18',
      backup_retention_period: name === 'production' ? 14 : 1,
      deletion_protection: name === 'production',
      multi_az: name === 'production',
    });
    const rules = all(synthesised, 'aws_vpc_security_group_ingress_rule').filter((rule) => rule.from_port === 5432);
    expect(rules).toEqual([
      expect.objectContaining({
        referenced_security_group_id: expect.stringContaining(name === 'production' ? 'api-tasks' : 'instances'),
      }),
    ]);
  });

  it('puts no secret into the plan or the state', () => {
    const { platform } = synthesised.stacks;
    expect(Object.keys(platform.data)).not.toContain('aws_secretsmanager_random_password');
    for (const version of all(synthesised, 'aws_secretsmanager_secret_version')) {
      expect(version.secret_string).toBeUndefined();
      expect(version.secret_string_wo).toContain('${ephemeral.aws_secretsmanager_');
    }
    const { password, password_wo } = one(synthesised, 'aws_db_instance');
    expect({ password, password_wo }).toEqual({
      password: undefined,
      password_wo: '${ephemeral.aws_secretsmanager_secret_version.database-password.secret_string}',
    });
  });

  it('watches the database’s CPU, storage, memory and connections', () => {
    const watched = all(synthesised, 'aws_cloudwatch_metric_alarm')
      .filter(({ namespace }) => namespace === 'AWS/RDS')
      .map(({ alarm_name, metric_name }) => [alarm_name, metric_name]);
    expect(Object.fromEntries(watched)).toEqual({
      [`stockroom-${name}-database-cpu`]: 'CPUUtilization',
      [`stockroom-${name}-database-storage`]: 'FreeStorageSpace',
      [`stockroom-${name}-database-memory`]: 'FreeableMemory',
      [`stockroom-${name}-database-connections`]: 'DatabaseConnections',
    });
  });

  it('lets a role be assumed for this account only', () => {
    const roles = all(synthesised, 'aws_iam_role').filter((role) => !role.name.endsWith('-instances'));
    // Two for each service, and in production the one of the flow logs.
    expect([4, 5]).toContain(roles.length);
    for (const role of roles)
      expect(JSON.parse(role.assume_role_policy).Statement[0].Condition).toEqual({
        StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') },
      });
  });

  it('grants by name; only the registry’s token has none', () => {
    const statements = all(synthesised, 'aws_iam_role_policy').flatMap(({ policy }) => JSON.parse(policy).Statement);
    expect(statements.length).toBeGreaterThan(0);
    for (const { Action, Resource } of statements) {
      if (Resource.includes('*')) expect(Action).toEqual(['ecr:GetAuthorizationToken']);
      for (const action of Action) expect(action).not.toContain('*');
    }
  });

  it('pushes to repositories whose tags never move', () => {
    const repositories = all(synthesised, 'aws_ecr_repository');
    expect(repositories).toHaveLength(2);
    for (const repository of repositories)
      expect(repository).toMatchObject({
        image_tag_mutability: 'IMMUTABLE',
        image_scanning_configuration: { scan_on_push: true },
        force_delete: name === 'sandbox',
      });
  });
});

describe('HTTPS', () => {
  it('is TLS 1.3 on 443 with a redirect from 80 where there is a certificate', () => {
    const https = one(production!, 'aws_lb_listener', { port: 443 });
    const redirect = one(production!, 'aws_lb_listener', { port: 80, load_balancer_arn: https.load_balancer_arn });
    expect(https).toMatchObject({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' });
    expect(redirect.default_action).toEqual([
      { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
    ]);
  });

  it('is missing from the sandbox, where no certificate was given', () => {
    expect(all(sandbox!, 'aws_lb_listener').map((listener) => listener.protocol)).toEqual(['HTTP', 'HTTP']);
  });
});

describe('The blocks of production', () => {
  const withDns = (dns: 'elsewhere' | 'existing' | 'create') =>
    synth('production', (e: any) =>
      Object.assign(e.loadBalancer, { certificateArn: undefined, dns, dnsZone: 'stockroom.example', waf: true }),
    );

  it.each([
    ['elsewhere', 0, 0],
    ['existing', 0, 2],
    ['create', 1, 2],
  ] as const)('request a certificate with DNS %s: %i zones and %i records', (dns, zones, records) => {
    const made = withDns(dns);
    expect(one(made, 'aws_acm_certificate')).toMatchObject({
      domain_name: 'stockroom.example',
      validation_method: 'DNS',
    });
    expect(all(made, 'aws_route53_zone')).toHaveLength(zones);
    expect(all(made, 'aws_route53_record')).toHaveLength(records);
    expect(one(made, 'aws_lb_listener', { port: 443 }).certificate_arn).toMatch(/terraform_remote_state/);
  });

  it('limit each address and apply the common rules where WAF is on, and only there', () => {
    const { rule } = one(withDns('elsewhere'), 'aws_wafv2_web_acl');
    expect(rule.map(({ name }: any) => name)).toEqual(['requests-per-address', 'common-rules']);
    expect(all(production!, 'aws_wafv2_web_acl')).toEqual([]);
  });

  it('log rejected connections', () => {
    expect(one(production!, 'aws_flow_log')).toMatchObject({ traffic_type: 'REJECT' });
    expect(all(sandbox!, 'aws_flow_log')).toEqual([]);
  });

  it('open a shell in a task only where ECS Exec is on', () => {
    const withExec = synth('production', (e) => (e.services.api.exec = true));
    const service = (made: Synthesised) => one(made, 'aws_ecs_service', { name: 'stockroom-production-api' });
    expect([service(production!), service(withExec)].map((it) => it.enable_execute_command)).toEqual([false, true]);
    expect(containerOf(withExec, 'api').readonlyRootFilesystem).toBe(false);
    expect(containerOf(withExec, 'gateway').readonlyRootFilesystem).toBe(true);
  });
});

describe('Aurora', () => {
  const aurora = synth('production', (environment) => {
    environment.database = settings(AuroraDatabase, { passwordVersion: 2 });
  });
  /** The roles of the URLs that lead to one endpoint of the cluster. */
  const rolesAt = (made: Synthesised, endpoint: string) =>
    all(made, 'aws_secretsmanager_secret_version')
      .map(({ secret_string_wo }) =>
        /^postgres:\/\/(\w+):\$\{ephemeral\.\S+\}@\$\{aws_rds_cluster\.[\w-]+\.(\w+)\}:5432\/stockroom$/.exec(
          secret_string_wo,
        ),
      )
      .filter((url) => url?.[2] === endpoint)
      .map((url) => url![1])
      .sort();

  it('is a cluster of a writer and a reader with the writer’s capacity, encrypted, backed up and protected', () => {
    expect(one(aurora, 'aws_rds_cluster')).toMatchObject({
      engine: 'aurora-postgresql',
      engine_version: '18',
      engine_mode: 'provisioned',
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 8 },
      storage_encrypted: true,
      backup_retention_period: 7,
      deletion_protection: true,
      skip_final_snapshot: false,
      master_password_wo: '${ephemeral.aws_secretsmanager_secret_version.database-password.secret_string}',
      master_password_wo_version: 2,
    });
    const instances = all(aurora, 'aws_rds_cluster_instance');
    expect(
      instances.map(({ identifier, instance_class, promotion_tier, publicly_accessible }) => [
        identifier,
        instance_class,
        promotion_tier,
        publicly_accessible,
      ]),
    ).toEqual([
      ['stockroom-production-0', 'db.serverless', 0, false],
      ['stockroom-production-1', 'db.serverless', 1, false],
    ]);
    expect(all(aurora, 'aws_db_instance')).toEqual([]);
  });

  it('is reached by the API’s tasks alone, at the writer’s endpoint', () => {
    const rules = all(aurora, 'aws_vpc_security_group_ingress_rule').filter((rule) => rule.from_port === 5432);
    expect(rules.map((rule) => rule.referenced_security_group_id)).toEqual([expect.stringContaining('api-tasks')]);
    expect(rolesAt(aurora, 'endpoint')).toEqual(['stockroom', 'stockroom_app_b']);
  });

  it('answers at its readers what may be a few seconds old, as the role that the API has at the writer', () => {
    expect(rolesAt(aurora, 'reader_endpoint')).toEqual(['stockroom_app_b']);
    const secretOf = (made: Synthesised) =>
      containerOf(made, 'api').secrets.find((it: any) => it.name === 'DATABASE_READ_URL');
    expect(secretOf(aurora).valueFrom).toMatch(/database-read-url.*arn\}:::\$\{.*version_id\}$/);
    const policies = JSON.stringify(all(aurora, 'aws_iam_role_policy'));
    expect(policies).toMatch(/secret_version\.\S*database-read-url\S*\.arn/);

    const writerAlone = synth('production', (environment) => {
      environment.database = settings(AuroraDatabase, { readers: 0 });
    });
    expect({ roles: rolesAt(writerAlone, 'reader_endpoint'), secret: secretOf(writerAlone) }).toEqual({
      roles: [],
      secret: undefined,
    });
  });

  it('is watched for its CPU, capacity and connections', () => {
    const alarms = all(aurora, 'aws_cloudwatch_metric_alarm').filter(({ namespace }) => namespace === 'AWS/RDS');
    expect(alarms.map(({ metric_name }) => metric_name).sort()).toEqual([
      'ACUUtilization',
      'CPUUtilization',
      'DatabaseConnections',
    ]);
    for (const { dimensions } of alarms) expect(Object.keys(dimensions)).toEqual(['DBClusterIdentifier']);
  });
});

it('hands the URLs of a database of the user’s own to the tasks that need them', () => {
  const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf`;
  const made = synth('sandbox', (environment) => {
    environment.database = settings(ExistingDatabase, {
      urlSecretArn: arn('app'),
      ownerUrlSecretArn: arn('owner'),
      readUrlSecretArn: arn('read'),
    });
  });
  const urlsOf = (task: string) =>
    Object.fromEntries(
      containerOf(made, task)
        .secrets.filter(({ name }: any) => name.endsWith('_URL'))
        .map(({ name, valueFrom }: any) => [name, valueFrom]),
    );
  const both = { DATABASE_URL: arn('app'), DATABASE_READ_URL: arn('read') };
  expect({ api: urlsOf('api'), migrate: urlsOf('migrate') }).toEqual({
    api: both,
    migrate: { ...both, MIGRATION_DATABASE_URL: arn('owner') },
  });
  const policies = JSON.stringify(all(made, 'aws_iam_role_policy'));
  for (const name of ['app', 'owner', 'read']) expect(policies).toContain(arn(name));
});

describe('The passwords of a managed database', () => {
  const withVersion = (passwordVersion: number) =>
    synth('production', (environment) => Object.assign(environment.database, { passwordVersion }));
  const versionsOf = (made: Synthesised) =>
    Object.fromEntries(
      Object.entries<any>(made.stacks.platform.resource.aws_secretsmanager_secret_version).map(([id, it]) => [
        id.replace(/^\w+?_/, '').replace(/-value_\w+$/, ''),
        it.secret_string_wo_version,
      ]),
    );

  it('are generated anew with a new version, and no other secret is', () => {
    const rotated = { 'database-password': 2, 'application-password': 2, 'database-url': 2, 'database-owner-url': 2 };
    const others = { 'signing-key': 1, 'admin-password': 1, 'smoke-password': 1 };
    expect(versionsOf(withVersion(2))).toEqual({ ...rotated, ...others });
    expect(one(withVersion(2), 'aws_db_instance').password_wo_version).toBe(2);
  });

  it('reach new tasks alone: each task definition refers to one version of a URL, and the roles take turns', () => {
    for (const [version, role] of [
      [1, 'stockroom_app'],
      [2, 'stockroom_app_b'],
      [3, 'stockroom_app'],
    ] as const) {
      const made = withVersion(version);
      const values = Object.values<any>(made.stacks.platform.resource.aws_secretsmanager_secret_version);
      expect(values.map((it) => it.secret_string_wo)).toContainEqual(expect.stringMatching(`^postgres://${role}:`));
      for (const task of ['api', 'migrate'])
        for (const { name, valueFrom } of containerOf(made, task).secrets)
          expect({ name, isOneVersion: /arn\}:::\$\{.*version_id\}$/.test(valueFrom) }).toEqual({
            name,
            isOneVersion: name.endsWith('DATABASE_URL'),
          });
    }
  });
});

it('keeps the secrets of a lab in the Parameter Store on request, where a task reads them by ARN', () => {
  const made = synth('lab', (environment) => (environment.secretStore = 'parameter-store'));
  const names = [
    'admin-password',
    'application-password',
    'database-owner-url',
    'database-password',
    'database-url',
    'signing-key',
    'smoke-password',
  ];
  const parameters = all(made, 'aws_ssm_parameter');
  expect(parameters.map(({ name }) => name).sort()).toEqual(names.map((name) => `/stockroom-lab/${name}`));
  for (const { type, value, value_wo } of parameters)
    expect({ type, value, value_wo }).toEqual({
      type: 'SecureString',
      value: undefined,
      value_wo: expect.stringMatching(/uuid\(\)|^postgres:\/\/\w+:\$\{ephemeral\.aws_ssm_parameter\./),
    });
  for (const stack of Object.values(made.stacks))
    expect(JSON.stringify([stack.resource, stack.data, stack.ephemeral])).not.toContain('secretsmanager');
  for (const { valueFrom } of containerOf(made, 'migrate').secrets)
    expect(valueFrom).toMatch(/^\$\{.*aws_ssm_parameter\..*arn\}$/);
});

describe('What would otherwise stop or outlive a destruction', () => {
  it('is an instance that Cloud Map still names: its service is destroyed all the same', () => {
    expect(one(lab!, 'aws_service_discovery_service').force_destroy).toBe(true);
  });

  it('is the name of a secret in its recovery window: only production has one', () => {
    const windows = [lab!, sandbox!, production!].map((made) => [
      ...new Set(all(made, 'aws_secretsmanager_secret').map((it) => it.recovery_window_in_days)),
    ]);
    expect(windows).toEqual([[0], [0], [30]]);
  });

  it('is the snapshot of an earlier database: the name has the id of the network', () => {
    expect(one(production!, 'aws_db_instance')).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: expect.stringMatching(/^stockroom-production-final-\$\{aws_vpc\.[\w-]+\.id\}$/),
    });
    expect(one(sandbox!, 'aws_db_instance').skip_final_snapshot).toBe(true);
  });
});

it.each([
  ['us-east-1', 'aws', 'com.amazonaws.us-east-1.s3'],
  ['cn-north-1', 'aws-cn', 'cn.com.amazonaws.cn-north-1.s3'],
  ['us-gov-west-1', 'aws-us-gov', 'com.amazonaws.us-gov-west-1.s3'],
])('writes ARNs and endpoints in %s as the partition %s has them', (region, partition, endpoint) => {
  const made = synth('production', (environment) => {
    Object.assign(environment, { region, stateBucket: 'states', pipeline: settings(Pipeline, { repository: 'o/r' }) });
    Object.assign(environment.loadBalancer, { certificateArn: undefined });
  });
  const text = JSON.stringify(Object.values(made.stacks).map(({ resource }) => resource));
  const partitions = [...text.matchAll(/arn:([\w-]+):/g)].map(([, name]) => name);
  expect(new Set(partitions)).toEqual(new Set([partition]));
  expect(one(made, 'aws_vpc_endpoint').service_name).toBe(endpoint);
});

it('refuses plain HTTP to the bucket of the access logs', () => {
  const { Statement } = JSON.parse(one(production!, 'aws_s3_bucket_policy').policy);
  expect(Statement).toContainEqual({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [expect.stringMatching(/arn\}$/), expect.stringMatching(/arn\}\/\*$/)],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

describe('The state', () => {
  it('is locked in its bucket where one is named', () => {
    const { stacks } = synth('sandbox', (environment) => (environment.stateBucket = 'states'));
    for (const [part, stack] of Object.entries(stacks))
      expect(stack.terraform.backend.s3).toMatchObject({
        bucket: 'states',
        key: `stockroom-sandbox/${part}.tfstate`,
        encrypt: true,
        use_lockfile: true,
      });
  });
});

import { describe, expect, it } from '@jest/globals';
import { shutdown } from '#runtime';
import type { ServiceName } from '../environments/environment.ts';
import { environments as definitions } from '../environments/index.ts';
import { taskSecretNames } from '../environments/names.ts';
import { imageHealthCommand } from './support/dockerfile.ts';
import { all, containerOf, one, synth } from './support/synth.ts';

const environments = { lab: synth('lab'), sandbox: synth('sandbox'), production: synth('production') };
const each = Object.entries(environments);

describe.each(each)('The services of %s', (name, synthesised) => {
  it.each(['api', 'gateway'])('%s is deployed without a gap, and goes back where it fails', (service) => {
    const made = one(synthesised, 'aws_ecs_service', { name: `stockroom-${name}-${service}` });
    expect(made).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
      alarms: {
        enable: true,
        rollback: true,
        alarm_names: [expect.stringContaining('errors'), expect.stringContaining('load-balancer-errors')],
      },
      health_check_grace_period_seconds: 30,
      availability_zone_rebalancing: 'ENABLED',
      enable_ecs_managed_tags: true,
      propagate_tags: 'SERVICE',
      wait_for_steady_state: true,
      desired_count: name === 'sandbox' ? 1 : 2,
      ordered_placement_strategy: [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'binpack', field: 'memory' },
      ],
      lifecycle: { ignore_changes: ['desired_count'] },
    });
    const [{ condition }] = made.lifecycle.postcondition;
    expect(condition).toBe(`\${self.task_definition == ${made.task_definition.slice(2, -1)}}`);
  });

  it.each(['api', 'gateway', 'migrate'])('%s runs with no more than it needs', (service) => {
    const container = containerOf(synthesised, service);
    expect(container).toMatchObject({
      user: '1000:1000',
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ['ALL'] } },
      stopTimeout: shutdown.stopTimeoutSeconds,
      logConfiguration: { logDriver: 'awslogs', options: { mode: 'non-blocking' } },
    });
    expect(container.dockerSecurityOptions).toEqual(name === 'lab' ? undefined : ['no-new-privileges']);
    expect(container.memoryReservation).toBeLessThan(container.memory);
    expect(container.image).toMatch(/repository_url}@\$\{data\.aws_ecr_image\..*image_digest}$/);
  });

  it('creates an account for the smoke test that may only read in production', () => {
    const { environment } = containerOf(synthesised, 'migrate');
    const role = environment.find((variable: any) => variable.name === 'SMOKE_ROLE').value;
    expect(role).toBe(name === 'production' ? 'viewer' : 'admin');
  });

  it('gives tasks exactly the secrets that preflight simulates the execution role with', () => {
    const names = Object.values(synthesised.stacks.platform.resource.aws_secretsmanager_secret).map(
      (it: any) => it.name,
    );
    // Terraform alone uses these two: to write the URLs, and to set the password of RDS.
    const unused = ['application-password', ...(name === 'lab' ? [] : ['database-password'])].map(
      (secret) => `stockroom-${name}/${secret}`,
    );
    expect([...taskSecretNames(definitions[name]!({})), ...unused].sort()).toEqual(names.sort());
  });

  it('gives the API its secrets by ARN only', () => {
    for (const task of ['api', 'migrate']) {
      const { secrets, environment } = containerOf(synthesised, task);
      expect(secrets.map((secret: any) => secret.name)).toEqual([
        'ADMIN_PASSWORD',
        'DATABASE_URL',
        // Only what migrates connects as the owner of the schema.
        ...(task === 'migrate' ? ['MIGRATION_DATABASE_URL'] : []),
        'SIGNING_KEY',
        // Which also creates the account of the smoke test.
        ...(task === 'migrate' ? ['SMOKE_PASSWORD'] : []),
      ]);
      for (const { valueFrom } of secrets) expect(valueFrom).toMatch(/secret_version.*arn}(:::\$\{.*version_id})?$/);
      expect(environment.map((variable: any) => variable.name)).not.toContain('DATABASE_URL');
    }
  });

  it('gives the API the server for mail by ARN, where there is one, and its role the right to read it', () => {
    const urlSecretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:smtp-AbCdEf';
    const made = synth(name, (environment) => (environment.mail = { urlSecretArn, from: 'stock@example.com' }));
    const { secrets, environment } = containerOf(made, 'api');
    expect(secrets).toContainEqual({ name: 'SMTP_URL', valueFrom: urlSecretArn });
    expect(environment).toContainEqual({ name: 'MAIL_FROM', value: 'stock@example.com' });
    // Only production has a name, and so HTTPS, here.
    const links = environment.filter((variable: any) => variable.name === 'PUBLIC_URL');
    expect(links).toEqual(name === 'production' ? [{ name: 'PUBLIC_URL', value: 'https://stockroom.example' }] : []);
    const policies = JSON.stringify(made.stacks.platform);
    if (name !== 'lab') expect(policies.replaceAll('\\', '').split(urlSecretArn).length).toBeGreaterThan(2);
  });

  it('tells both services where traces are sent, where they are', () => {
    const otlpEndpoint = 'http://collector.internal:4318';
    const traced = synth(name, (environment) => (environment.otlpEndpoint = otlpEndpoint));
    for (const service of ['api', 'gateway']) {
      const variable = { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint };
      expect(containerOf(traced, service).environment).toContainEqual(variable);
      expect(JSON.stringify(containerOf(synthesised, service))).not.toContain(variable.name);
    }
  });

  it('tells the gateway the load balancer’s own name as the API’s address', () => {
    const url = containerOf(synthesised, 'gateway').environment.find(
      (it: any) => it.name === 'INVENTORY_API_URL',
    ).value;
    const host = name === 'lab' ? 'dataaws_lbload-balancer' : 'aws_lbload-balancer_internal';
    expect(url).toMatch(new RegExp(`^http://\\$\\{.*${host}.*dns_name}${name === 'lab' ? ':3000' : ''}$`));
  });

  it.each<[ServiceName, number]>([
    ['api', 3000],
    ['gateway', 8080],
  ])('has the %s checked on port %i every 15 s, by the command of its image', (service, port) => {
    const command = imageHealthCommand(service).map((part) => part.replace('$PORT', String(port)));
    expect(containerOf(synthesised, service).healthCheck).toMatchObject({ command: ['CMD', ...command], interval: 15 });
  });

  it('keeps old revisions of a task definition ACTIVE, so that the circuit breaker can go back to them', () => {
    for (const definition of all(synthesised, 'aws_ecs_task_definition')) expect(definition.skip_destroy).toBe(true);
  });

  it('notifies of tasks that cannot be placed, which no metric shows', () => {
    const pattern = JSON.parse(one(synthesised, 'aws_cloudwatch_event_rule').event_pattern);
    expect(pattern.resources).toHaveLength(2);
    expect(pattern.detail.eventName).toContain('SERVICE_TASK_PLACEMENT_FAILURE');
    const [{ Principal: cloudwatch }, { Principal: events }] = JSON.parse(
      one(synthesised, 'aws_sns_topic_policy').policy,
    ).Statement;
    expect([cloudwatch.Service, events.Service]).toEqual(['cloudwatch.amazonaws.com', 'events.amazonaws.com']);
  });

  it('scales on CPU and requests: out after one minute, in after five', () => {
    const policies = all(synthesised, 'aws_appautoscaling_policy').map(
      (policy) => policy.target_tracking_scaling_policy_configuration,
    );
    const ofOne = [
      ['ECSServiceAverageCPUUtilization', 60],
      ['ALBRequestCountPerTarget', 3000],
    ];
    expect(policies.map((it) => [it.predefined_metric_specification.predefined_metric_type, it.target_value])).toEqual([
      ...ofOne,
      ...ofOne,
    ]);
    for (const policy of policies) expect(policy).toMatchObject({ scale_out_cooldown: 60, scale_in_cooldown: 300 });
  });

  it('alarms on errors of the tasks and of the load balancer, latency, unhealthy and missing tasks, to a topic', () => {
    const alarms = all(synthesised, 'aws_cloudwatch_metric_alarm');
    for (const service of ['api', 'gateway']) {
      const prefix = `stockroom-${name}-${service}-`;
      const own = alarms.filter(({ alarm_name }) => alarm_name.startsWith(prefix));
      // An alarm on a share computes it from several metrics.
      const metricsOf = ({ metric_name, metric_query = [] }: any) =>
        metric_name ?? metric_query.flatMap(({ metric }: any) => metric?.metric_name ?? []).join(' of ');
      expect(Object.fromEntries(own.map((it) => [it.alarm_name.slice(prefix.length), metricsOf(it)]))).toEqual({
        errors: 'HTTPCode_Target_5XX_Count of RequestCount',
        // 502, 503 and 504 of the load balancer itself are counted apart, and belong to no target group.
        'load-balancer-errors': 'HTTPCode_ELB_5XX_Count',
        slow: 'TargetResponseTime',
        unhealthy: 'UnHealthyHostCount',
        down: 'HealthyHostCount',
      });
    }
    for (const alarm of alarms) expect(alarm.alarm_actions).toEqual([expect.stringMatching(/sns_topic/)]);
  });

  it('keeps logs for 30 days', () => {
    for (const group of all(synthesised, 'aws_cloudwatch_log_group')) expect(group.retention_in_days).toBe(30);
  });
});

describe('The network mode', () => {
  it('is bridge with dynamic host ports where targets are instances', () => {
    expect(containerOf(environments.lab, 'api').portMappings).toEqual([
      { containerPort: 3000, hostPort: 0, protocol: 'tcp' },
    ]);
    const service = one(environments.lab, 'aws_ecs_service', { name: 'stockroom-lab-api' });
    expect(service).toMatchObject({ launch_type: 'EC2' });
    expect(service.network_configuration).toBeUndefined();
  });

  it('is awsvpc with a security group for each service where targets are addresses', () => {
    const service = one(environments.production, 'aws_ecs_service', { name: 'stockroom-production-api' });
    expect(service.network_configuration.security_groups).toEqual([expect.stringContaining('api-tasks')]);
    expect(service.network_configuration.assign_public_ip).toBeUndefined();
    expect(service.capacity_provider_strategy).toEqual([expect.objectContaining({ weight: 1 })]);
    expect(service.launch_type).toBeUndefined();
  });
});

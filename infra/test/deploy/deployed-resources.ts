import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { latestTask } from '../support/emulator/inspect.ts';

/** The variables that each task gets from secrets. */
const SECRETS = {
  api: ['ADMIN_PASSWORD', 'DATABASE_URL', 'SIGNING_KEY'],
  gateway: [],
  migrate: ['ADMIN_PASSWORD', 'DATABASE_URL', 'MIGRATION_DATABASE_URL', 'SIGNING_KEY', 'SMOKE_PASSWORD'],
};

/** What AWS says of the sandbox, asked through its API. */
export function describeDeployedResources(): void {
  it.each([
    ['api', 3000],
    ['gateway', 8080],
  ])('gives the %s a target group with its health check', async (service, port) => {
    const group = await targetGroup(service);
    expect(group).toMatchObject({
      Port: port,
      Protocol: 'HTTP',
      TargetType: 'instance',
      HealthCheckPath: '/health/ready',
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 3,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '200' },
    });
    const { Attributes } = await new ElasticLoadBalancingV2Client({}).send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group.TargetGroupArn }),
    );
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '15' });
  });

  it.each([
    ['the world to the gateway', 'stockroom-sandbox', 'internet-facing', 'gateway'],
    ['the gateway to the API', 'stockroom-sandbox-internal', 'internal', 'api'],
  ])('leads %s', async (_, name, scheme, service) => {
    const { LoadBalancerArn, Scheme } = await loadBalancer(name);
    const { Listeners } = await new ElasticLoadBalancingV2Client({}).send(
      new DescribeListenersCommand({ LoadBalancerArn }),
    );
    const { TargetGroupArn } = await targetGroup(service);
    // The emulator says it of the internal one only.
    expect({ Scheme: Scheme ?? 'internet-facing', Listeners }).toMatchObject({
      Scheme: scheme,
      Listeners: [{ Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn }] }],
    });
  });

  it('tells the gateway the internal load balancer’s DNS name', async () => {
    const { DNSName } = await loadBalancer('stockroom-sandbox-internal');
    expect((await container('gateway')).environment).toContainEqual({
      name: 'INVENTORY_API_URL',
      value: `http://${DNSName}`,
    });
  });

  it.each(['api', 'gateway'])('scales the %s by CPU and requests', async (service) => {
    const scaling = new ApplicationAutoScalingClient({});
    const ResourceId = `service/stockroom-sandbox/stockroom-sandbox-${service}`;
    const { ScalableTargets } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [ResourceId] }),
    );
    expect(ScalableTargets).toMatchObject([{ MinCapacity: 1, MaxCapacity: 2 }]);
    const { ScalingPolicies } = await scaling.send(
      new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs', ResourceId }),
    );
    const tracked = ScalingPolicies!.map(({ TargetTrackingScalingPolicyConfiguration: it }) => [
      it!.PredefinedMetricSpecification!.PredefinedMetricType,
      it!.TargetValue,
      it!.ScaleOutCooldown,
      it!.ScaleInCooldown,
    ]);
    expect(tracked.sort()).toEqual([
      ['ALBRequestCountPerTarget', 3000, 60, 300],
      ['ECSServiceAverageCPUUtilization', 60, 60, 300],
    ]);
  });

  it('gives the tasks their secrets by ARN, and their values nowhere', async () => {
    const secrets = new SecretsManagerClient({});
    const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
    const values = await Promise.all(
      SecretList.map(
        async ({ ARN }) => (await secrets.send(new GetSecretValueCommand({ SecretId: ARN }))).SecretString!,
      ),
    );
    for (const [task, names] of Object.entries(SECRETS)) {
      const made = await container(task);
      const arns = made.secrets!.map(({ valueFrom }) => valueFrom);
      expect(SecretList.map(({ ARN }) => ARN)).toEqual(expect.arrayContaining(arns));
      expect(made.secrets!.map(({ name }) => name).sort()).toEqual(names);
      for (const value of values) expect(JSON.stringify(made)).not.toContain(value);
    }
  });

  it('names in each role what it is for; `*` only where AWS takes no name', async () => {
    const iam = new IAMClient({});
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const ours = Roles.map(({ RoleName }) => RoleName!).filter((name) => name.startsWith('stockroom-sandbox-'));
    const wide: string[] = [];
    for (const RoleName of ours)
      for (const PolicyName of (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames!) {
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument!));
        for (const { Action, Resource } of Statement)
          if ([Resource].flat().includes('*')) wide.push(`${RoleName}: ${[Action].flat().join()}`);
      }
    expect(ours.sort()).toEqual([
      'stockroom-sandbox-api-execution',
      'stockroom-sandbox-api-task',
      'stockroom-sandbox-gateway-execution',
      'stockroom-sandbox-gateway-task',
      'stockroom-sandbox-instances',
    ]);
    expect(wide.sort()).toEqual([
      'stockroom-sandbox-api-execution: ecr:GetAuthorizationToken',
      'stockroom-sandbox-gateway-execution: ecr:GetAuthorizationToken',
    ]);
  });
}

const container = async (task: string) => (await latestTask(task)).containerDefinitions![0]!;

async function targetGroup(service: string) {
  const { TargetGroups } = await new ElasticLoadBalancingV2Client({}).send(
    new DescribeTargetGroupsCommand({ Names: [`stockroom-sandbox-${service}`] }),
  );
  return TargetGroups![0]!;
}

async function loadBalancer(name: string) {
  const { LoadBalancers } = await new ElasticLoadBalancingV2Client({}).send(
    new DescribeLoadBalancersCommand({ Names: [name] }),
  );
  return LoadBalancers![0]!;
}

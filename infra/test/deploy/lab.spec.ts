import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Emulator } from '../support/emulator/emulator.ts';
import { manifest } from '../support/emulator/inspect.ts';
import { prepareAccount, type PreparedAccount } from '../support/emulator/prepared-account.ts';
import { Workspace } from '../support/workspace.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';

const TIMEOUT_MS = 600_000;
const BUCKET = 'stockroom-state-of-the-lab';
const SINCE = '2026-11-27T04:00:00Z';

/** The same in each deployment, so that Terraform has nothing to change. */
const image = (service: string) =>
  `123456789012.dkr.ecr.us-east-1.amazonaws.com/stockroom-${service}@sha256:${'0'.repeat(64)}`;
const IMAGES = { API_IMAGE: image('api'), GATEWAY_IMAGE: image('gateway') };

/** What a lab must have already: none of it may be ours. */
const NOT_OURS = /^aws_(vpc$|subnet|route|nat|internet|ecs_cluster|ecs_capacity|autoscaling|launch|lb|alb|ecr|iam)/;
/** Of those, what we do add to the load balancer that is there. */
const OURS = ['aws_lb_listener', 'aws_lb_listener_rule'];

describeWithTerraform(
  'npm run deploy -- lab, into a prepared account',
  () => {
    let emulator: Emulator;
    let workspace: Workspace;
    let prepared: PreparedAccount;
    let before: unknown;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      workspace = new Workspace({ ...emulator.variables, SMOKE: 'false', STATE_BUCKET: BUCKET });
      prepared = await prepareAccount();
      before = await preparedThings(prepared);
    }, TIMEOUT_MS);
    afterAll(() => emulator?.stop());

    it(
      'plans nothing of what is there',
      async () => {
        const { output } = await workspace.run('state-bucket', ['lab']);
        expect(output).toBe(`${BUCKET} is created.\n`);
        const created = await workspace.firstPlan('lab', 'stockroom-lab-platform', IMAGES);
        const types = [...new Set(created.map(({ type }) => type))].filter((type) => NOT_OURS.test(type));
        expect(types.sort()).toEqual(OURS);
      },
      TIMEOUT_MS,
    );

    it.each([
      [
        'stops at a migration that fails, before the services exist',
        {},
        { exitCode: 1, rolloutState: 'COMPLETED' },
        'The migration ended with 1',
      ],
      [
        'fails where the tasks of the first deployment do not start',
        IMAGES,
        { exitCode: 0, rolloutState: 'FAILED' },
        'stockroom-lab-api: ECS deployment circuit breaker: tasks failed to start.',
      ],
    ] as const)(
      '%s',
      async (_, images, outcome, message) => {
        Object.assign(emulator.ecsOutcome, outcome);
        const { code, output } = await workspace.run('deploy', ['lab'], images);
        expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(message) });
      },
      TIMEOUT_MS,
    );

    it('has built each image that was not named, for the instances’ platform, and pushed it', () => {
      const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
      const each = (service: string) => [
        expect.stringMatching(
          new RegExp(
            `^build --file Dockerfile\\.${service} --build-arg GIT_SHA=\\S+ --platform linux/amd64 --label org\\.opencontainers\\.image\\.version=\\S+ (--label \\S+ )*--tag \\S+ \\.$`,
          ),
        ),
        expect.stringMatching(/^login --username AWS --password-stdin /),
        expect.stringContaining(`push ${registry}/stockroom-${service}:`),
      ];
      expect(workspace.dockerCalls).toEqual([...each('api'), ...each('gateway')]);
    });

    it(
      'says who holds the lock that a killed deployment has left, and removes it',
      async () => {
        const Body = JSON.stringify({ ID: '1', Operation: 'OperationTypeApply', Who: 'ada@laptop', Created: SINCE });
        const Key = 'stockroom-lab/services.tfstate.tflock';
        await new S3Client({}).send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
        const { code, output } = await workspace.run('deploy', ['lab'], IMAGES);
        expect({ code, output }).toEqual({
          code: 1,
          output: expect.stringContaining(
            `Terraform’s state is locked.\n  services: ada@laptop, apply, since ${SINCE}\nWait until that command has ended. If it was killed, npm run unlock -- lab removes its lock.`,
          ),
        });
        expect(await workspace.run('unlock', ['lab'], {}, 'lab\n')).toMatchObject({
          code: 0,
          output: expect.stringContaining('services unlocked.'),
        });
      },
      TIMEOUT_MS,
    );

    it(
      'deploys both services and the database into it, though they stand at FAILED and Terraform has nothing to change',
      async () => {
        Object.assign(emulator.ecsOutcome, { exitCode: 0, rolloutState: 'COMPLETED' });
        const { code, output } = await workspace.run('deploy', ['lab'], IMAGES);
        expect({ code, output }).toMatchObject({
          code: 0,
          output: expect.stringContaining(`\n\nhttp://${prepared.loadBalancer.dnsName}\n`),
        });
        const names = ['api', 'gateway', 'database'].map((name) => `stockroom-lab-${name}`);
        const found = await new ECSClient({}).send(
          new DescribeServicesCommand({ cluster: 'stockroom', services: names }),
        );
        expect(found.services!.map(({ serviceName, status, launchType }) => [serviceName, status, launchType])).toEqual(
          names.map((name) => [name, 'ACTIVE', 'EC2']),
        );
      },
      TIMEOUT_MS,
    );

    it('leads the world to the gateway, and the gateway to the API, by rules of its own', async () => {
      const elb = new ElasticLoadBalancingV2Client({});
      const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: prepared.listenerArn }));
      const ours = Rules!.filter(({ IsDefault }) => !IsDefault);
      expect(ours).toMatchObject([
        {
          Priority: '100',
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
          Actions: [{ Type: 'forward', TargetGroupArn: prepared.targetGroupArns.gateway }],
        },
      ]);
      const LoadBalancerArn = prepared.loadBalancer.arn;
      const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
      expect(Listeners!.find(({ Port }) => Port === 3000)).toMatchObject({
        DefaultActions: [{ Type: 'forward', TargetGroupArn: prepared.targetGroupArns.api }],
      });
      const { taskDefinition } = await new ECSClient({}).send(
        new DescribeTaskDefinitionCommand({ taskDefinition: 'stockroom-lab-gateway' }),
      );
      expect(taskDefinition!.containerDefinitions![0]!.environment).toContainEqual({
        name: 'INVENTORY_API_URL',
        value: `http://${prepared.loadBalancer.dnsName}:3000`,
      });
    });

    it(
      'changes the gateway alone for a new image of it, brings its previous tasks back where new ones do not start, and works once they do',
      async () => {
        const next = await pushImage('stockroom-gateway', 'next');
        const running = await gatewayImage();
        emulator.ecsOutcome.rolloutState = 'FAILED';
        const failed = await workspace.run('deploy', ['lab'], { ...IMAGES, GATEWAY_IMAGE: next });
        expect(failed).toEqual({
          code: 1,
          output: expect.stringMatching(/has gone back to (the\s+old ones|arn:)/),
        });
        expect(workspace.changed('lab')).toEqual([
          'aws_ecs_service.gateway_gateway-service',
          'aws_ecs_task_definition.gateway_gateway-task',
        ]);
        expect(await gatewayImage()).toBe(running);
        emulator.ecsOutcome.rolloutState = 'COMPLETED';
        expect(await workspace.run('deploy', ['lab'], { ...IMAGES, GATEWAY_IMAGE: next })).toMatchObject({ code: 0 });
        expect(await gatewayImage()).toBe(next);
      },
      TIMEOUT_MS,
    );

    it('keeps its state in the bucket, and leaves no lock behind', async () => {
      const { Contents } = await new S3Client({}).send(new ListObjectsV2Command({ Bucket: BUCKET }));
      expect(Contents!.map(({ Key }) => Key)).toEqual([
        'stockroom-lab/platform.tfstate',
        'stockroom-lab/services.tfstate',
      ]);
    });

    it('has changed nothing of what was there', async () => {
      expect(await preparedThings(prepared)).toEqual(before);
    });

    it('destroys nothing where another name is typed', async () => {
      const { code, output } = await workspace.run('destroy', ['lab'], {}, 'production\n');
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining('That is not lab: nothing was destroyed.'),
      });
    });

    it(
      'takes away what it brought, and nothing else',
      async () => {
        const { code, output } = await workspace.run('destroy', ['lab'], {}, 'lab\n');
        expect({ code, output }).toMatchObject({ code: 0 });
        expect(await preparedThings(prepared)).toEqual(before);
        const { services } = await new ECSClient({}).send(
          new DescribeServicesCommand({ cluster: 'stockroom', services: ['stockroom-lab-api'] }),
        );
        expect(services!.map(({ status }) => status)).toEqual(['INACTIVE']);
        const { taskDefinitionArns } = await new ECSClient({}).send(new ListTaskDefinitionsCommand({}));
        expect(taskDefinitionArns).toEqual([]);
      },
      TIMEOUT_MS,
    );
  },
  ['moto_server'],
);

/** @returns the image's name, by digest */
async function pushImage(repositoryName: string, imageTag: string): Promise<string> {
  const pushed = await new ECRClient({}).send(
    new PutImageCommand({ repositoryName, imageTag, imageManifest: manifest(imageTag) }),
  );
  return `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryName}@${pushed.image!.imageId!.imageDigest}`;
}

/** Of the task definition that the gateway's service runs. */
async function gatewayImage(): Promise<string> {
  const ecs = new ECSClient({});
  const found = await ecs.send(
    new DescribeServicesCommand({ cluster: 'stockroom', services: ['stockroom-lab-gateway'] }),
  );
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: found.services![0]!.taskDefinition }),
  );
  return taskDefinition!.containerDefinitions![0]!.image!;
}

/** As AWS describes it, less what lives in it. */
async function preparedThings({ loadBalancer, listenerArn, targetGroupArns }: PreparedAccount): Promise<unknown> {
  const [ec2, elb] = [new EC2Client({}), new ElasticLoadBalancingV2Client({})];
  const LoadBalancerArn = loadBalancer.arn;
  const { clusters } = await new ECSClient({}).send(new DescribeClustersCommand({ clusters: ['stockroom'] }));
  const { Listeners } = await elb.send(new DescribeListenersCommand({ ListenerArns: [listenerArn] }));
  const attributes = Object.values(targetGroupArns).map(async (TargetGroupArn) => {
    const found = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    return found.Attributes;
  });
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({}));
  const { Roles } = await new IAMClient({}).send(new ListRolesCommand({}));
  return {
    vpcs: (await ec2.send(new DescribeVpcsCommand({}))).Vpcs,
    subnets: (await ec2.send(new DescribeSubnetsCommand({}))).Subnets,
    cluster: clusters!.map(({ clusterArn, status, capacityProviders, tags }) => [
      clusterArn,
      status,
      capacityProviders,
      tags,
    ]),
    repositories: (await new ECRClient({}).send(new DescribeRepositoriesCommand({}))).repositories,
    roles: Roles,
    loadBalancers: (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers,
    loadBalancerAttributes: (await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }))).Attributes,
    listener: Listeners,
    // Which load balancer a group belongs to is for its listeners to say, and one of them is ours.
    targetGroups: TargetGroups!.map(({ LoadBalancerArns: _, ...group }) => group),
    targetGroupAttributes: await Promise.all(attributes),
  };
}

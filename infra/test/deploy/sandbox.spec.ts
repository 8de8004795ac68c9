import { PutImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { Emulator } from '../support/emulator/emulator.ts';
import { accountResources, images, latestTask, manifest } from '../support/emulator/inspect.ts';
import { Workspace } from '../support/workspace.ts';
import { describeWithTerraform } from '../support/terraform.ts';
import { describeDeployedResources } from './deployed-resources.ts';

/** The provider waits for databases and load balancers as it would on AWS. */
const TIMEOUT_MS = 900_000;
const STACKS = ['registry', 'platform', 'services'].map((stack) => `stockroom-sandbox-${stack}`);

/** What a plan finds changed right after an apply, because moto 5.2.1 does not give back what it was told. */
const FORGOTTEN_BY_MOTO: Record<string, string[]> = {
  // It counts the template's own tags among those of what it launches; another version of it would be the group's, too.
  'aws_launch_template.cluster_launch-template': [
    'update default_version',
    'update latest_version',
    'update tag_specifications',
  ],
  'aws_autoscaling_group.cluster_instances': [
    'update capacity_reservation_specification',
    'update max_instance_lifetime',
    'update mixed_instances_policy',
  ],
};

describeWithTerraform(
  'npm run deploy -- sandbox, against an emulated AWS',
  () => {
    let emulator: Emulator;
    let workspace: Workspace;
    let empty: unknown;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      workspace = new Workspace({ ...emulator.variables, SMOKE: 'false' });
      empty = await accountResources();
    }, TIMEOUT_MS);
    afterAll(() => emulator?.stop());

    it(
      'goes from an empty account to both services, the URL first in its summary',
      async () => {
        const { code, output } = await workspace.run('deploy', ['sandbox']);
        expect({ code, output }).toMatchObject({
          code: 0,
          output: expect.stringMatching(
            /\n\nhttp:\/\/stockroom-sandbox-\d\.us-east-1\.elb\.amazonaws\.com\n {2}sign in/,
          ),
        });
      },
      TIMEOUT_MS,
    );

    it('builds each image for the instances’ platform, and pushes it before its service exists', () => {
      const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
      const each = (service: string) => [
        expect.stringMatching(
          new RegExp(
            `^build --file Dockerfile\\.${service} --build-arg GIT_SHA=\\S+ --platform linux/amd64 --tag \\S+ \\.$`,
          ),
        ),
        expect.stringMatching(/^login --username AWS --password-stdin /),
        expect.stringContaining(`push ${registry}/stockroom-sandbox-${service}:`),
      ];
      expect(workspace.dockerCalls).toEqual([...each('api'), ...each('gateway')]);
    });

    describeDeployedResources();

    it(
      'changes nothing when it is applied again, but for what the emulator forgets',
      async () => {
        const found: Record<string, string[]> = {};
        for (const stack of STACKS)
          for (const { address, change } of await workspace.plan(stack)) found[address] = differing(change);
        expect(found).toEqual(FORGOTTEN_BY_MOTO);
      },
      TIMEOUT_MS,
    );

    it(
      'rolls the gateway when its image changes, and nothing else',
      async () => {
        const before = { api: await latestTask('api'), gateway: await latestTask('gateway') };
        const { api } = await images();
        const pushed = await new ECRClient({}).send(
          new PutImageCommand({
            repositoryName: 'stockroom-sandbox-gateway',
            imageTag: 'next',
            imageManifest: manifest('next'),
          }),
        );
        const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/stockroom-sandbox-gateway';
        const GATEWAY_IMAGE = `${repository}@${pushed.image!.imageId!.imageDigest}`;
        const { code, output } = await workspace.run('deploy', ['sandbox'], { API_IMAGE: api!, GATEWAY_IMAGE });
        expect({ code, output }).toMatchObject({ code: 0 });
        expect(workspace.changed().filter((address) => !(address in FORGOTTEN_BY_MOTO))).toEqual([
          'aws_ecs_service.gateway_gateway-service',
          'aws_ecs_task_definition.gateway_gateway-task',
        ]);
        const after = { api: await latestTask('api'), gateway: await latestTask('gateway') };
        expect(after.api).toEqual(before.api);
        expect(after.gateway.containerDefinitions![0]!.image).toBe(GATEWAY_IMAGE);
        const { services } = await new ECSClient({}).send(
          new DescribeServicesCommand({ cluster: 'stockroom-sandbox', services: ['stockroom-sandbox-gateway'] }),
        );
        expect(services![0]!.taskDefinition).toBe(after.gateway.taskDefinitionArn);
      },
      TIMEOUT_MS,
    );

    it('destroys nothing where another name is typed', async () => {
      const { code, output } = await workspace.run('destroy', ['sandbox'], {}, 'production\n');
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining('That is not sandbox: nothing was destroyed.'),
      });
    });

    it(
      'leaves nothing when it is destroyed',
      async () => {
        const { code, output } = await workspace.run('destroy', ['sandbox'], {}, 'sandbox\n');
        expect({ code, output }).toMatchObject({ code: 0 });
        expect(await accountResources()).toEqual(empty);
        for (const stack of STACKS)
          expect({ stack, resources: workspace.state(stack) }).toEqual({ stack, resources: [] });
      },
      TIMEOUT_MS,
    );
  },
  ['moto_server'],
);

/** The properties that a plan would change. */
const differing = ({ actions, before, after, after_unknown }: any): string[] =>
  Object.keys({ ...after, ...after_unknown })
    .filter(
      (name) => after_unknown?.[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
    )
    .map((name) => `${actions.join('+')} ${name}`)
    .sort();

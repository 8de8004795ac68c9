import { Cdktf } from './support/cdktf.ts';
import { Emulator } from './support/emulator.ts';
import { describeWithTerraform } from './support/terraform.ts';

/** The provider waits for databases and load balancers as it would on AWS. */
const PATIENCE_MS = 900_000;
const ECS = 'AmazonEC2ContainerServiceV20141113';

describeWithTerraform(
  'cdktf deploy of the sandbox against an emulated AWS',
  () => {
    let emulator: Emulator;
    let cdktf: Cdktf;

    beforeAll(async () => {
      emulator = await Emulator.start();
      // The emulator starts no task, so nothing would ever be steady.
      cdktf = new Cdktf({ ...emulator.variables, ENVIRONMENT: 'sandbox', WAIT_FOR_STEADY_STATE: 'false' });
    }, PATIENCE_MS);
    afterAll(() => emulator?.stop());

    it(
      'goes from nothing to both services',
      async () => {
        await cdktf.deploy('stockroom-sandbox-registry');
        for (const service of ['api', 'gateway']) await emulator.pushImage(`stockroom-sandbox-${service}`, service);
        await cdktf.deploy('*');
        const cluster = 'stockroom-sandbox';
        const { serviceArns } = await emulator.call('ecs', `${ECS}.ListServices`, { cluster });
        expect(serviceArns).toEqual([
          expect.stringMatching(/stockroom-sandbox-api$/),
          expect.stringMatching(/stockroom-sandbox-gateway$/),
        ]);
      },
      PATIENCE_MS,
    );

    it('tells the gateway the internal load balancer’s name, and gives the API its secrets by ARN', async () => {
      const container = async (service: string) => {
        const taskDefinition = `stockroom-sandbox-${service}`;
        const answer = await emulator.call('ecs', `${ECS}.DescribeTaskDefinition`, { taskDefinition });
        return answer.taskDefinition.containerDefinitions[0];
      };
      const { environment } = await container('gateway');
      expect(environment).toContainEqual({
        name: 'INVENTORY_API_URL',
        value: expect.stringMatching(/^http:\/\/(internal-)?stockroom-sandbox-internal-.*elb\.amazonaws\.com$/),
      });
      const { secrets, image } = await container('api');
      expect(image).toMatch(/stockroom-sandbox-api@sha256:[0-9a-f]{64}$/);
      for (const { valueFrom } of secrets) expect(valueFrom).toMatch(/^arn:aws:secretsmanager:/);
    });

    it(
      'leaves nothing when it is destroyed',
      async () => {
        await cdktf.destroy('*');
        const ended = await emulator.call('ecs', `${ECS}.DescribeClusters`, { clusters: ['stockroom-sandbox'] });
        expect(ended.clusters.map(({ status }: any) => status)).toEqual(['INACTIVE']);
        const target = 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories';
        expect(await emulator.call('ecr', target, {})).toMatchObject({ repositories: [] });
        expect(await emulator.call('secretsmanager', 'secretsmanager.ListSecrets', {})).toMatchObject({
          SecretList: [],
        });
      },
      PATIENCE_MS,
    );
  },
  ['moto_server'],
);

import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, createServiceLinkedRole } from '../../deploy/aws/account.ts';
import { failureReport } from '../../deploy/aws/failure-report.ts';
import { type Aws, createClients } from '../../deploy/aws/clients.ts';
import { runMigration } from '../../deploy/aws/migration.ts';
import { rolloutStatus, waitUntilSteady } from '../../deploy/aws/rollout.ts';
import { createStateBucket } from '../../deploy/aws/state-bucket.ts';
import { Emulator } from '../support/emulator/emulator.ts';
import { describeWithTerraform } from '../support/terraform.ts';

const GROUP = '/stockroom/api';
const silent = () => undefined;

describeWithTerraform(
  'the steps of a deployment, against an emulated AWS',
  () => {
    let emulator: Emulator;
    let aws: Aws;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      aws = createClients('us-east-1');
      await aws.ecs.send(new CreateClusterCommand({ clusterName: 'c' }));
      await aws.logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
      for (const family of ['migrate', 'api'])
        await aws.ecs.send(
          new RegisterTaskDefinitionCommand({
            family,
            containerDefinitions: [{ name: family, image: 'i', cpu: 1, memory: 1 }],
          }),
        );
      await aws.ecs.send(
        new CreateServiceCommand({ cluster: 'c', serviceName: 'api', taskDefinition: 'api', desiredCount: 1 }),
      );
    });
    beforeEach(() => Object.assign(emulator.ecsOutcome, { exitCode: 0, rolloutState: 'COMPLETED' }));
    afterAll(() => emulator?.stop());

    it('says whose account it is, and refuses another than the one that is meant', async () => {
      expect(await identify(aws)).toEqual({ account: '123456789012', arn: expect.stringContaining('123456789012') });
      await expect(identify(aws, '999999999999')).rejects.toThrow(
        'The environment belongs to account 999999999999, and these credentials are for 123456789012',
      );
    });

    it('makes ECS’s service-linked role where an account has none, and goes on where it has', async () => {
      expect([await createServiceLinkedRole(aws), await createServiceLinkedRole(aws)]).toEqual([
        'created',
        'already exists',
      ]);
    });

    it('makes the bucket for the state once', async () => {
      const make = () => createStateBucket(aws, 'eu-central-1', 'state-of-another-account');
      expect([await make(), await make()]).toEqual(['created', 'already exists']);
    });

    const run = () =>
      runMigration(aws, { cluster: 'c', taskDefinition: 'migrate', launchType: 'EC2' }, GROUP, silent, 10);

    it('ends well when the migration does', async () => {
      await expect(run()).resolves.toBeUndefined();
    });

    it('fails with the migration’s last lines when it fails', async () => {
      emulator.ecsOutcome.exitCode = 1;
      const failing = expect(run()).rejects.toThrow(
        /^The migration ended with 1 \(no reason given\); the services are as they were\.\n {2}0007: relation "x" exists$/,
      );
      await logOfTheNewestTask('0007: relation "x" exists');
      await failing;
    });

    it('waits until a service runs what was asked for', async () => {
      const { services } = await aws.ecs.send(new DescribeServicesCommand({ cluster: 'c', services: ['api'] }));
      await expect(waitUntilSteady(aws, 'c', { api: services![0]!.taskDefinition }, silent)).resolves.toBeUndefined();
    });

    it('fails with the circuit breaker’s reason, and can say what happened', async () => {
      emulator.ecsOutcome.rolloutState = 'FAILED';
      const failure = await waitUntilSteady(aws, 'c', { api: undefined }, silent).catch((error: unknown) => error);
      expect(failure).toMatchObject({ message: 'api: ECS deployment circuit breaker: tasks failed to start.' });
      const { service } = failure as { service: object };
      expect(await failureReport(aws, 'c', service, 'api', GROUP)).toEqual([
        'its last events:',
        '  (service api) is unhealthy',
        'no task of it has ended',
      ]);
    });

    it('gives up at its deadline', async () => {
      emulator.ecsOutcome.rolloutState = 'IN_PROGRESS';
      await expect(
        waitUntilSteady(aws, 'c', { api: undefined }, silent, { everyMs: 1, deadlineMs: 0 }),
      ).rejects.toThrow('api: not steady after 0 minutes');
    });

    it('fails where a service is not there at all', async () => {
      await expect(waitUntilSteady(aws, 'c', { web: undefined }, silent)).rejects.toThrow(
        /^ECS knows nothing of .*web/,
      );
    });

    /** As the awslogs driver would. */
    async function logOfTheNewestTask(message: string): Promise<void> {
      const { taskArns = [] } = await newTask();
      const logStreamName = `migrate/migrate/${taskArns.at(-1)!.split('/').at(-1)}`;
      await aws.logs.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName }));
      const logEvents = [{ timestamp: Date.now(), message }];
      await aws.logs.send(new PutLogEventsCommand({ logGroupName: GROUP, logStreamName, logEvents }));
    }

    async function newTask() {
      for (;;) {
        const found = await aws.ecs.send(new ListTasksCommand({ cluster: 'c', family: 'migrate' }));
        if ((found.taskArns ?? []).length > 1) return found;
        await sleep(5);
      }
    }
  },
  ['moto_server'],
);

describe('rolloutOf', () => {
  const deployed = { rolloutState: 'COMPLETED', taskDefinition: 'api:2' } as const;
  const service = { serviceName: 'api', taskDefinition: 'api:2', desiredCount: 2, runningCount: 2 };

  it('is steady when one deployment is left, of the task definition that was asked for', () => {
    expect(rolloutStatus({ ...service, deployments: [deployed] }, 'api:2')).toEqual({ is: 'steady' });
  });

  it('goes on while old tasks are there', () => {
    const old = { rolloutState: 'COMPLETED', taskDefinition: 'api:1' } as const;
    expect(rolloutStatus({ ...service, runningCount: 3, deployments: [deployed, old] }, 'api:2')).toEqual({
      is: 'going on',
      state: '3 of 2 tasks run',
    });
  });

  it('has failed when ECS went back to the old tasks, whatever it calls that', () => {
    const rolledBack = { ...service, taskDefinition: 'api:1', deployments: [{ ...deployed, taskDefinition: 'api:1' }] };
    expect(rolloutStatus(rolledBack, 'api:2')).toEqual({ is: 'failed', why: 'api has gone back to api:1' });
  });
});

import { CreateVpcCommand, EC2Client, ModifyVpcAttributeCommand } from '@aws-sdk/client-ec2';
import {
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateDBInstanceCommand, DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientsOf } from '../../rehearsal/account/clients.ts';
import { Vpc } from '../../rehearsal/account/vpc.ts';
import { ecsHandlers } from '../../rehearsal/control-plane/ecs-api.ts';
import { startControlPlane } from '../../rehearsal/control-plane/proxy.ts';
import { refusals } from '../../rehearsal/control-plane/refusals.ts';
import { Scheduler } from '../../rehearsal/scheduler/scheduler.ts';
import { Emulator } from '../support/emulator/emulator.ts';
import { prepareAccount, type PreparedAccount } from '../support/emulator/prepared-account.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describeWithTerraform(
  'the rehearsed account refuses, as AWS does,',
  () => {
    let emulator: Emulator;
    let server: Server;
    let account: PreparedAccount;
    let client: { endpoint: string; region: string; credentials: typeof credentials; maxAttempts: number };
    let ecs: ECSClient;
    let elb: ElasticLoadBalancingV2Client;
    const scheduler = new Scheduler({ start: () => undefined, stop: () => undefined });

    beforeAll(async () => {
      emulator = await Emulator.start();
      const direct = clientsOf(emulator.url);
      const handlers = { ...ecsHandlers(scheduler, direct), ...refusals(direct) };
      server = await startControlPlane(emulator.url, handlers, { host: '127.0.0.1', port: 0 });
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      client = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
      Object.assign(process.env, emulator.variables, { AWS_ENDPOINT_URL: endpoint });
      ecs = new ECSClient(client);
      elb = new ElasticLoadBalancingV2Client(client);
      account = await prepareAccount();
    });
    afterAll(async () => {
      server?.closeAllConnections();
      server?.close();
      await emulator?.stop();
    });

    const register = async (networkMode: 'bridge' | 'awsvpc' = 'bridge') => {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: `api-${networkMode}`,
          networkMode,
          containerDefinitions: [{ name: 'api', image: 'api', cpu: 128, memory: 128 }],
        }),
      );
      return taskDefinition!.taskDefinitionArn!;
    };
    const createService = (serviceName: string, taskDefinition: string, targetGroupArn: string) =>
      ecs.send(
        new CreateServiceCommand({
          cluster: 'stockroom',
          serviceName,
          taskDefinition,
          desiredCount: 1,
          launchType: 'EC2',
          loadBalancers: [{ targetGroupArn, containerName: 'api', containerPort: 3000 }],
        }),
      );
    const listener = (Port: number) =>
      elb.send(
        new CreateListenerCommand({
          LoadBalancerArn: account.loadBalancer.arn,
          Port,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: account.targetGroupArns.api }],
        }),
      );
    const rule = () =>
      elb.send(
        new CreateRuleCommand({
          ListenerArn: account.listenerArn,
          Priority: 100,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
          Actions: [{ Type: 'forward', TargetGroupArn: account.targetGroupArns.gateway }],
        }),
      );
    const refusal = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'not refused',
        (error: Error) => `${error.name}: ${error.message}`,
      );

    it('a service where the service-linked role of ECS is missing', async () => {
      expect(await refusal(createService('early', await register(), account.targetGroupArns.api))).toBe(
        'InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
      );
      await new IAMClient(client).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
    });

    it('a second listener on a port', async () => {
      await listener(3000);
      expect(await refusal(listener(3000))).toMatch(/^DuplicateListenerException: /);
    });

    it('a second rule with a priority', async () => {
      await rule();
      expect(await refusal(rule())).toMatch(/^PriorityInUseException: /);
    });

    it('a target group of the wrong type, whichever way', async () => {
      const { TargetGroups } = await elb.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: [account.targetGroupArns.api] }),
      );
      const byAddress = await elb.send(
        new CreateTargetGroupCommand({
          Name: 'by-address',
          Port: 3000,
          Protocol: 'HTTP',
          VpcId: TargetGroups![0]!.VpcId,
          TargetType: 'ip',
        }),
      );
      const ip = byAddress.TargetGroups![0]!.TargetGroupArn!;
      expect([
        await refusal(createService('wrong', await register('awsvpc'), account.targetGroupArns.api)),
        await refusal(createService('wrong', await register('bridge'), ip)),
      ]).toEqual([
        `InvalidParameterException: The provided target group ${account.targetGroupArns.api} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
        `InvalidParameterException: The provided target group ${ip} has target type ip, which is incompatible with the bridge network mode specified in the task definition.`,
      ]);
    });

    it('a target group that no listener forwards to', async () => {
      const refused = await refusal(createService('detached', await register(), await detachedGroup()));
      expect(refused).toMatch(/does not have an associated load balancer\.$/);
    });

    it('tasks, services and deployments of an INACTIVE task definition, while its services go on', async () => {
      const taskDefinition = await register();
      await createService('api', taskDefinition, account.targetGroupArns.api);
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
      expect([
        await refusal(ecs.send(new RunTaskCommand({ cluster: 'stockroom', taskDefinition }))),
        await refusal(createService('other', taskDefinition, account.targetGroupArns.api)),
        await refusal(ecs.send(new UpdateServiceCommand({ cluster: 'stockroom', service: 'api', taskDefinition }))),
      ]).toEqual(Array(3).fill('ClientException: TaskDefinition is inactive'));
      expect(scheduler.serviceNamed('stockroom', 'api')).toMatchObject({ status: 'ACTIVE', desiredCount: 1 });
      scheduler.tick();
      expect(scheduler.serviceNamed('stockroom', 'api')!.events[0]!.message).toMatch(/ is INACTIVE\.$/);
    });

    it('to deploy a service again where nothing changes, also where its deployment has FAILED; unless it is forced', async () => {
      const taskDefinition = await register();
      await createService('failed', taskDefinition, account.targetGroupArns.api);
      const service = scheduler.serviceNamed('stockroom', 'failed')!;
      service.deployments[0]!.rolloutState = 'FAILED';
      const apply = async (forceNewDeployment: boolean) => {
        await ecs.send(
          new UpdateServiceCommand({ cluster: 'stockroom', service: 'failed', taskDefinition, forceNewDeployment }),
        );
        return service.deployments.map(({ status, rolloutState }) => `${status} ${rolloutState}`);
      };
      expect(await apply(false)).toEqual(['PRIMARY FAILED']);
      expect(await apply(true)).toEqual(['PRIMARY IN_PROGRESS', 'ACTIVE FAILED']);
    });

    it('to delete a load balancer that is protected', async () => {
      const LoadBalancerArn = account.loadBalancer.arn;
      const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'true' }];
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
      expect(await refusal(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })))).toMatch(
        /^OperationNotPermittedException: .*deletion protection/,
      );
    });

    it('to delete a database that is protected', async () => {
      const rds = new RDSClient(client);
      const id = { DBInstanceIdentifier: 'stockroom' };
      await rds.send(
        new CreateDBInstanceCommand({
          ...id,
          DBInstanceClass: 'db.t4g.micro',
          Engine: 'postgres',
          AllocatedStorage: 20,
          MasterUsername: 'stockroom',
          MasterUserPassword: 'not-a-secret',
          DeletionProtection: true,
        }),
      );
      expect(await refusal(rds.send(new DeleteDBInstanceCommand({ ...id, SkipFinalSnapshot: true })))).toMatch(
        /^InvalidParameter\w*: Can(not| ?'t) delete protected DB ?Instance/i,
      );
    });

    it('a secret whose name is in its recovery window', async () => {
      const secrets = new SecretsManagerClient(client);
      await secrets.send(new CreateSecretCommand({ Name: 'stockroom/signing-key', SecretString: 'x' }));
      await secrets.send(new DeleteSecretCommand({ SecretId: 'stockroom/signing-key', RecoveryWindowInDays: 30 }));
      expect(
        await refusal(secrets.send(new CreateSecretCommand({ Name: 'stockroom/signing-key', SecretString: 'x' }))),
      ).toMatch(/^InvalidRequestException: .*scheduled for deletion/);
    });

    it('to resolve private names in a VPC without DNS host names', async () => {
      const ec2 = new EC2Client(client);
      const { Vpc: made } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.8.0.0/16' }));
      const read = async (Value: boolean) => {
        await ec2.send(new ModifyVpcAttributeCommand({ VpcId: made!.VpcId, EnableDnsHostnames: { Value } }));
        const vpc = new Vpc();
        await vpc.read(clientsOf(emulator.url), made!.VpcId);
        return vpc.hasDnsHostnames;
      };
      expect([await read(true), await read(false)]).toEqual([true, false]);
    });

    async function detachedGroup(): Promise<string> {
      const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: ['stockroom-api'] }));
      const made = await elb.send(
        new CreateTargetGroupCommand({
          Name: 'detached',
          Port: 3000,
          Protocol: 'HTTP',
          VpcId: TargetGroups![0]!.VpcId,
        }),
      );
      return made.TargetGroups![0]!.TargetGroupArn!;
    }
  },
  ['moto_server'],
);

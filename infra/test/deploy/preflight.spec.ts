import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { ModifyVpcAttributeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateRuleCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { readFileSync } from 'node:fs';
import { createClients } from '../../deploy/aws/clients.ts';
import { password } from '../../deploy/aws/secret.ts';
import type { Deployment } from '../../deploy/deployment.ts';
import { findDatabaseInstance } from '../../deploy/steps/database-instance.ts';
import { environments } from '../../environments/index.ts';
import { readCluster } from '../../preflight/read/cluster.ts';
import { Emulator } from '../support/emulator/emulator.ts';
import { type FittingLab, prepareFittingLab } from '../support/emulator/fitting-lab.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';
import { Workspace } from '../support/workspace.ts';

/** The lines of one status, `✔`, `✖` or `?`, and what they name. */
const subjects = (output: string, mark: string): string[] =>
  [...output.matchAll(new RegExp(`^\\${mark} ([^:]+):`, 'gm'))].map(([, subject]) => subject!);

/** The faults, their changes and the summary, without what differs between two runs. */
const asDocumented = (output: string): string =>
  output
    .split('\n')
    .filter((line) => /^(✖| {4}→|lab:)/.test(line))
    .join('\n')
    .replace(/\bvpc-[0-9a-f]{8,}/g, 'vpc-0a1b2c3d')
    .replace(/(targetgroup\/[\w-]+)\/[0-9a-f]+/g, '$1/0a1b2c3d');

describeWithTerraform(
  'npm run preflight, against an emulated AWS',
  () => {
    let emulator: Emulator;
    let workspace: Workspace;
    let lab: FittingLab;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      workspace = new Workspace(emulator.variables);
      lab = await prepareFittingLab();
    });
    afterAll(() => emulator?.stop());

    const preflight = (name: string, variables: Record<string, string> = {}) =>
      workspace.run('preflight', [name], variables);

    it('passes a lab in which everything fits, and says what it may not read', async () => {
      const { code, output } = await preflight('lab', { API_SOURCE_CIDRS: lab.sources.join(',') });
      expect({ code, open: subjects(output, '✖'), unread: subjects(output, '?') }).toEqual({
        code: 0,
        open: [],
        unread: ['Execution role, permissions'],
      });
      expect(output).toContain('User is not authorized to perform: iam:SimulatePrincipalPolicy');
      expect(subjects(output, '✔')).toEqual([
        'Credentials',
        'Region',
        'Secrets',
        'Docker',
        'Disk',
        'VPC',
        'Subnets',
        'Cluster',
        'Instances',
        'Security options',
        'Capacity',
        'Database',
        'Load balancer',
        'Public listener',
        'Listener of the API',
        'Target group of the api',
        'Target group of the gateway',
        'Public port',
        'API port',
        'Instances',
        'Repository of the api',
        'Repository of the gateway',
        'Task role',
        'Execution role',
      ]);
    });

    it.each([
      ['sandbox', {}],
      ['production', { ADMIN_EMAIL: 'admin@example.com', PLAIN_HTTP_ACCEPTED: 'true' }],
    ])('checks a new account for %s; the emulator knows no vCPU quota', async (name, variables) => {
      const { code, output } = await preflight(name, variables);
      expect({ code, open: subjects(output, '✖'), unread: subjects(output, '?') }).toEqual({
        code: 0,
        open: [],
        unread: ['vCPU quota'],
      });
    });

    it('reads a password from the store that the environment names', async () => {
      const aws = createClients('us-east-1');
      const Name = 'stockroom-lab/smoke-password';
      await aws.secrets.send(new CreateSecretCommand({ Name, SecretString: 'a secret' }));
      await aws.ssm.send(new PutParameterCommand({ Name: `/${Name}`, Type: 'SecureString', Value: 'a parameter' }));
      const read = (SECRET_STORE?: string) => password(aws, environments.lab!({ SECRET_STORE }), 'smoke');
      expect([await read(), await read('parameter-store')]).toEqual(['a secret', 'a parameter']);
    });

    it('binds the database of a lab to a registered instance, and keeps the one that has the data', async () => {
      const [aws, environment] = [createClients('us-east-1'), environments.lab!({})];
      const find = () => findDatabaseInstance({ aws, environment } as Deployment);
      const cluster = (await readCluster(aws, environment))!;
      const [first, second] = cluster.instances.sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(await find()).toBe(`${first!.id} in ${first!.zone}`);
      const taskDefinition = 'stockroom-lab-database';
      const containerDefinitions = [{ name: 'database', image: 'i', cpu: 1, memory: 1 }];
      await aws.ecs.send(new RegisterTaskDefinitionCommand({ family: taskDefinition, containerDefinitions }));
      await aws.ecs.send(
        new CreateServiceCommand({
          cluster: 'stockroom',
          serviceName: 'stockroom-lab-database',
          taskDefinition,
          desiredCount: 0,
          placementConstraints: [{ type: 'memberOf', expression: `ec2InstanceId == '${second!.id}'` }],
        }),
      );
      expect(await find()).toBe(`${second!.id} in ${second!.zone}`);
    });

    it('lists five faults of a lab at once, each with its change, as docs/deploying.md shows them, and ends with 1', async () => {
      await breakInFivePlaces(lab);
      const { code, output } = await preflight('lab', { API_SOURCE_CIDRS: lab.sources.join(',') });
      expect({ code, open: subjects(output, '✖') }).toEqual({
        code: 1,
        open: ['Secrets', 'VPC', 'Public listener', 'Target group of the gateway', 'Repository of the gateway'],
      });
      expect(output.match(/^ {4}→ .+$/gm)).toHaveLength(5);
      expect(readFileSync('docs/deploying.md', 'utf8')).toContain(asDocumented(output));
      expect(output).toMatch(/lab: \d+ passed, 5 to do, 1 cannot be checked\n$/);
    });

    it('stops a deployment before it changes anything', async () => {
      const variables = { API_SOURCE_CIDRS: lab.sources.join(','), PREFLIGHT: 'true' };
      const { code, output } = await workspace.run('deploy', ['lab'], variables);
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringMatching(/✖ Preflight[^]*5 to do[^]*PREFLIGHT=false deploys all the same\./),
      });
      expect(workspace.dockerCalls).toEqual([]);
    });

    it('asks for credentials, and nothing else, where there are none', async () => {
      const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOME: workspace.folder };
      const { code, output } = await preflight('lab', none);
      expect({ code, open: subjects(output, '✖') }).toEqual({ code: 1, open: ['Credentials'] });
      expect(output).toMatch(/→ Set AWS_PROFILE.*\nlab: 0 passed, 1 to do, 0 cannot be checked\n$/);
    });
  },
  ['moto_server'],
);

async function breakInFivePlaces({ vpcId, listenerArn, targetGroupArns }: FittingLab): Promise<void> {
  const [elb, secrets] = [new ElasticLoadBalancingV2Client({}), new SecretsManagerClient({})];
  await new EC2Client({}).send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: false } }));
  await elb.send(
    new CreateRuleCommand({
      ListenerArn: listenerArn,
      Priority: 100,
      Conditions: [{ Field: 'path-pattern', Values: ['/other'] }],
      Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    }),
  );
  await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: targetGroupArns.gateway, HealthCheckPath: '/' }));
  await new ECRClient({}).send(new DeleteRepositoryCommand({ repositoryName: 'stockroom-gateway', force: true }));
  const { ARN } = await secrets.send(
    new CreateSecretCommand({ Name: 'stockroom-lab/database-url', SecretString: 'x' }),
  );
  await secrets.send(new DeleteSecretCommand({ SecretId: ARN }));
}

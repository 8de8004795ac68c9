import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DeleteRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServiceLinkedRole, enableTrunking, identify } from '../../deploy/aws/account.ts';
import { awaitCertificate } from '../../deploy/aws/certificate.ts';
import { failureReport } from '../../deploy/aws/failure-report.ts';
import { type Aws, createClients } from '../../deploy/aws/clients.ts';
import { parseSeverity, scanFindings, type Severity } from '../../deploy/aws/image-scan.ts';
import { runMigration } from '../../deploy/aws/migration.ts';
import { deploymentIds, redeployFailed } from '../../deploy/aws/redeploy.ts';
import { deleteAllRevisions, deregisterOldRevisions } from '../../deploy/aws/revisions.ts';
import { rolloutStatus, waitUntilSteady } from '../../deploy/aws/rollout.ts';
import { createStateBucket } from '../../deploy/aws/state-bucket.ts';
import type { Deployment } from '../../deploy/deployment.ts';
import { smoke } from '../../deploy/steps/smoke.ts';
import { readStateLocks, removeStateLock } from '../../deploy/aws/state-locks.ts';
import { environments } from '../../environments/index.ts';
import { Emulator } from '../support/emulator/emulator.ts';
import { standInFor } from '../support/stand-in.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';

const GROUP = '/stockroom/api';
const silent = () => undefined;
const definition = (family: string) => ({
  family,
  containerDefinitions: [{ name: family, image: 'i', cpu: 1, memory: 1 }],
});

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
        await aws.ecs.send(new RegisterTaskDefinitionCommand(definition(family)));
      await aws.ecs.send(
        new CreateServiceCommand({ cluster: 'c', serviceName: 'api', taskDefinition: 'api', desiredCount: 1 }),
      );
    });
    beforeEach(() => {
      Object.assign(emulator.ecsOutcome, { exitCode: 0, rolloutState: 'COMPLETED' });
      emulator.denied.clear();
    });
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

    it('uses ECS’s service-linked role where the caller may not create it, and says who can where it is missing', async () => {
      emulator.denied.add('CreateServiceLinkedRole');
      expect(await createServiceLinkedRole(aws)).toBe('already exists');
      const { Roles } = await aws.iam.send(new ListRolesCommand({ PathPrefix: '/aws-service-role/' }));
      await aws.iam.send(new DeleteRoleCommand({ RoleName: Roles![0]!.RoleName }));
      await expect(createServiceLinkedRole(aws)).rejects.toThrow(
        'The account has no service-linked role of ECS, and these credentials may not create it. Ask an administrator to run: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
      );
      emulator.denied.add('ListRoles');
      expect(await createServiceLinkedRole(aws)).toBe('not readable');
    });

    it('enables trunking for the account, and where the caller may not, deploys only if it is enabled', async () => {
      emulator.denied.add('PutAccountSettingDefault');
      await expect(enableTrunking(aws)).rejects.toThrow(
        'The ECS account setting awsvpcTrunking is off, and these credentials may not switch it on. Ask an administrator to run: aws ecs put-account-setting-default --name awsvpcTrunking --value enabled',
      );
      emulator.denied.clear();
      expect(await enableTrunking(aws)).toBe('enabled');
      emulator.denied.add('PutAccountSettingDefault');
      expect(await enableTrunking(aws)).toBe('already enabled');
    });

    it('names the DNS record that ACM looks for until it has issued the certificate', async () => {
      const { CertificateArn } = await aws.acm.send(
        new RequestCertificateCommand({ DomainName: 'stock.example.com', ValidationMethod: 'DNS' }),
      );
      const lines: string[] = [];
      await awaitCertificate(aws, CertificateArn!, (line) => lines.push(line), 100);
      expect(new Set(lines)).toEqual(
        new Set([expect.stringMatching(/^waiting for the DNS record CNAME _\S+\.stock\.example\.com\.? → \S+$/)]),
      );
    });

    it('makes the bucket for the state once', async () => {
      const make = () => createStateBucket(aws, 'eu-central-1', 'state-of-another-account');
      expect([await make(), await make()]).toEqual(['created', 'already exists']);
    });

    it('completes a bucket that an interrupted attempt has left half-made', async () => {
      const Bucket = 'half-made-state';
      await aws.s3.send(new CreateBucketCommand({ Bucket }));
      expect(await createStateBucket(aws, 'us-east-1', Bucket)).toBe('already exists');
      const { Status } = await aws.s3.send(new GetBucketVersioningCommand({ Bucket }));
      const access = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      const { Policy } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
      expect({ Status, ...access.PublicAccessBlockConfiguration }).toEqual({
        Status: 'Enabled',
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(JSON.parse(Policy!).Statement).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    });

    it('names who holds the lock of a state, and takes it away on request', async () => {
      const [Bucket, Key] = ['half-made-state', 'stockroom-lab/services.tfstate.tflock'];
      const held = { ID: '1', Operation: 'OperationTypeApply', Who: 'ada@laptop', Created: '2026-11-27T04:00:00Z' };
      await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(held) }));
      const environment = environments.lab!({ STATE_BUCKET: Bucket });
      const locks = await readStateLocks(aws, environment);
      expect(locks).toEqual([
        { stack: 'services', who: 'ada@laptop', since: '2026-11-27T04:00:00Z', operation: 'apply', id: '1' },
      ]);
      await removeStateLock(aws, environment, locks[0]!);
      expect(await readStateLocks(aws, environment)).toEqual([]);
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
      await createService('first');
      const failure = await waitUntilSteady(aws, 'c', { first: undefined }, silent).catch((error: unknown) => error);
      expect(failure).toMatchObject({ message: 'first: ECS deployment circuit breaker: tasks failed to start.' });
      const { service } = failure as { service: object };
      expect(await failureReport(aws, 'c', service, 'api', GROUP)).toEqual([
        'its last events:',
        '  (service first) is unhealthy',
        'no task of it has ended',
      ]);
    });

    it('fails where the circuit breaker has returned to the previous tasks', async () => {
      const before = await taskDefinitionOf('api');
      emulator.ecsOutcome.rolloutState = 'FAILED';
      const taskDefinition = await nextRevision();
      await aws.ecs.send(new UpdateServiceCommand({ cluster: 'c', service: 'api', taskDefinition }));
      await expect(waitUntilSteady(aws, 'c', { api: taskDefinition }, silent)).rejects.toThrow(
        `api: api has gone back to ${before}`,
      );
    });

    it.each([
      ['failed at the first deployment', 'first'],
      ['returned to its previous tasks', 'api'],
    ])('deploys a service anew that has %s, where Terraform finds nothing to change', async (_, name) => {
      const asked = { [name]: `${await taskDefinitionOf(name)}` };
      if (name === 'api') asked.api = (await active())[0]!;
      const before = await deploymentIds(aws, 'c', [name]);
      await redeployFailed(aws, 'c', asked, before, silent);
      await expect(waitUntilSteady(aws, 'c', asked, silent)).resolves.toBeUndefined();
    });

    it('does not deploy anew what has failed since, and what is steady', async () => {
      const steady = await deploymentIds(aws, 'c', ['api']);
      await redeployFailed(aws, 'c', { api: undefined }, steady, silent);
      emulator.ecsOutcome.rolloutState = 'FAILED';
      await createService('later');
      await redeployFailed(aws, 'c', { later: undefined }, new Map(), silent);
      expect([...(await deploymentIds(aws, 'c', ['api', 'later']))]).toEqual([...steady, ['later', 'ecs-svc/1']]);
    });

    it('gives up at its deadline', async () => {
      emulator.ecsOutcome.rolloutState = 'IN_PROGRESS';
      await createService('slow');
      await expect(
        waitUntilSteady(aws, 'c', { slow: undefined }, silent, { everyMs: 1, deadlineMs: 0 }),
      ).rejects.toThrow('slow: not steady after 0 minutes');
    });

    it('fails where a service is not there at all', async () => {
      await expect(waitUntilSteady(aws, 'c', { web: undefined }, silent)).rejects.toThrow(
        /^ECS knows nothing of .*web/,
      );
    });

    it('keeps the newest three revisions of a family and those in use, and at the end none', async () => {
      const inUse = await taskDefinitionOf('api');
      const newest: string[] = [];
      for (let n = 0; n < 12; n += 1) newest.unshift(await nextRevision());
      expect(await deregisterOldRevisions(aws, 'c', ['api'], ['api'])).toBeGreaterThan(8);
      expect(await active()).toEqual([...newest.slice(0, 3), inUse]);
      await deleteAllRevisions(aws, ['api']);
      expect(await active()).toEqual([]);
      const { taskDefinitionArns } = await aws.ecs.send(
        new ListTaskDefinitionsCommand({ familyPrefix: 'api', status: 'INACTIVE' }),
      );
      expect(taskDefinitionArns).toEqual([]);
    });

    it.each([
      ['production', 'reads', ['--read-only']],
      ['sandbox', 'reads and writes', []],
    ])('tests %s as the smoke test’s own account, with the suite that %s', async (name, _, options) => {
      const environment = environments[name]!({});
      const secret = { Name: `stockroom-${name}/smoke-password`, SecretString: `of ${name}` };
      await aws.secrets.send(new CreateSecretCommand(secret));
      const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const log = new PassThrough();
      const npm = standInFor('npm', 'echo "$SMOKE_EMAIL with $SMOKE_PASSWORD: npm $*"');
      try {
        await smoke.run({ aws, environment, platform: { url }, log } as unknown as Deployment, silent);
      } finally {
        npm.remove();
        server.close();
        log.end();
      }
      const command = ['npm', 'run', '--silent', 'smoke', '--', url, ...options].join(' ');
      expect(await text(log)).toBe(`smoke@stockroom.example with of ${name}: ${command}\n`);
    });

    describe('the scan of an image', () => {
      const repositoryName = 'stockroom-api';
      beforeAll(() => aws.ecr.send(new CreateRepositoryCommand({ repositoryName })));

      /** A new image, of which the emulated registry says this; without it, what it says of every image. */
      async function push(scan?: object): Promise<string> {
        const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
        const blob = () => ({ digest: `sha256:${createHash('sha256').update(randomUUID()).digest('hex')}`, size: 2 });
        const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config: blob(), layers: [blob()] });
        const { image } = await aws.ecr.send(
          new PutImageCommand({ repositoryName, imageManifest, imageTag: randomUUID() }),
        );
        const { imageDigest } = image!.imageId!;
        const results = [{ repositoryName, imageId: { imageDigest }, ...scan }];
        const url = `${emulator.url}/moto-api/static/ecr/scan-finding-results`;
        if (scan) await fetch(url, { method: 'POST', body: JSON.stringify({ results }) });
        return imageDigest!;
      }
      const find = (imageDigest: string, severity: Severity, options = {}) =>
        scanFindings(aws, { repositoryName, imageDigest }, severity, { everyMs: 1, ...options });

      it('is begun where the registry has none, and names what it has found of that severity or worse', async () => {
        const image = await push();
        const high = '  HIGH CVE-9999-9999 (https://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-9999-9999)';
        expect(await find(image, 'HIGH')).toEqual(['1 finding of HIGH or worse', high]);
        expect(await find(image, 'LOW')).toEqual(['1 finding of LOW or worse', high]);
        expect(await find(image, 'CRITICAL')).toEqual([]);
      });

      it('counts what Amazon Inspector has found', async () => {
        const packageVulnerabilityDetails = { sourceUrl: 'https://example.com/1' };
        const image = await push({
          imageScanStatus: { status: 'ACTIVE' },
          imageScanFindings: {
            findingSeverityCounts: { MEDIUM: 2, CRITICAL: 1, UNTRIAGED: 3 },
            enhancedFindings: [
              { severity: 'MEDIUM', title: 'a slow parser' },
              { severity: 'CRITICAL', title: 'remote code', packageVulnerabilityDetails },
              { severity: 'UNTRIAGED', title: 'a new one' },
            ],
          },
        });
        expect(await find(image, 'MEDIUM')).toEqual([
          '3 findings of MEDIUM or worse',
          '  CRITICAL remote code (https://example.com/1)',
          '  MEDIUM a slow parser',
        ]);
      });

      it('fails where the registry cannot scan the image, or does not end', async () => {
        const imageScanStatus = { status: 'UNSUPPORTED_IMAGE', description: 'no operating system' };
        const unsupported = await push({ imageScanStatus });
        await expect(find(unsupported, 'HIGH')).rejects.toThrow(
          `The registry cannot scan stockroom-api@${unsupported}: UNSUPPORTED_IMAGE no operating system`,
        );
        const slow = await push({ imageScanStatus: { status: 'IN_PROGRESS' } });
        await expect(find(slow, 'HIGH', { deadlineMs: 0 })).rejects.toThrow('has no scan result after 0 minutes');
      });

      it('is asked for a severity that exists', () => {
        expect(parseSeverity('high')).toBe('HIGH');
        expect(() => parseSeverity('severe')).toThrow('SCAN is critical, high, medium, low or unset, not severe.');
      });
    });

    const createService = (serviceName: string) =>
      aws.ecs.send(new CreateServiceCommand({ cluster: 'c', serviceName, taskDefinition: 'api', desiredCount: 1 }));

    async function taskDefinitionOf(name: string): Promise<string> {
      const { services } = await aws.ecs.send(new DescribeServicesCommand({ cluster: 'c', services: [name] }));
      return services![0]!.taskDefinition!;
    }

    async function nextRevision(): Promise<string> {
      const { taskDefinition } = await aws.ecs.send(new RegisterTaskDefinitionCommand(definition('api')));
      return taskDefinition!.taskDefinitionArn!;
    }

    /** The newest first. */
    async function active(): Promise<string[]> {
      const { taskDefinitionArns = [] } = await aws.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'api' }));
      const revisionOf = (arn: string) => Number(arn.split(':').at(-1));
      return taskDefinitionArns.sort((a, b) => revisionOf(b) - revisionOf(a));
    }

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

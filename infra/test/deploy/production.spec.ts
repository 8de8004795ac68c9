import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ECSClient, ListAccountSettingsCommand } from '@aws-sdk/client-ecs';
import { DescribeDBSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Emulator } from '../support/emulator/emulator.ts';
import { accountResources } from '../support/emulator/inspect.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';
import { SharedProvider } from '../support/terraform.ts';
import { Workspace } from '../support/workspace.ts';

/** The provider waits a minute and a half for a database that is there at once. */
const TIMEOUT_MS = 900_000;

const PROTECTIONS = [
  'load balancer stockroom-production: deletion protection',
  'load balancer stockroom-production-internal: deletion protection',
  'database stockroom-production: deletion protection',
  'repository stockroom-production-api: images',
  'repository stockroom-production-gateway: images',
];

/** Production is not rehearsed: it is for another processor, and speaks TLS. */
describeWithTerraform(
  'npm run deploy -- production, into an empty account',
  () => {
    let emulator: Emulator;
    let provider: SharedProvider;
    let workspace: Workspace;
    let heldBefore: unknown;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      provider = await SharedProvider.start(emulator.variables);
      workspace = new Workspace({
        ...emulator.variables,
        ...provider.variables,
        SMOKE: 'false',
        ADMIN_EMAIL: 'admin@example.com',
        ALARM_EMAIL: 'on-call@example.com',
        DOMAIN_NAME: 'stock.example.com',
        WAF: 'true',
        STATE_BUCKET: 'stockroom-state-of-production',
        PIPELINE_REPOSITORY: 'octo@1/stock@2',
      });
      heldBefore = await accountResources();
    }, TIMEOUT_MS);
    afterAll(async () => {
      provider?.stop();
      await emulator?.stop();
    });

    it(
      'stops where the migration fails, before there are services, with images for its instances’ processor',
      async () => {
        emulator.ecsOutcome.exitCode = 1;
        const { code, output } = await workspace.run('deploy', ['production']);
        emulator.ecsOutcome.exitCode = 0;
        expect({ code, output }).toEqual({
          code: 1,
          output: expect.stringMatching(/✖ Migration[^]*The migration ended with 1/),
        });
        expect(workspace.dockerCalls.filter((call) => call.startsWith('build '))).toEqual([
          expect.stringContaining('--platform linux/arm64'),
          expect.stringContaining('--platform linux/arm64'),
        ]);
      },
      TIMEOUT_MS,
    );

    it(
      'changes nothing that the first attempt has created, and ends with the URL and the DNS record that leads to it',
      async () => {
        const { code, output } = await workspace.run('deploy', ['production']);
        expect({ code, output }).toEqual({
          code: 0,
          output: expect.stringMatching(
            /\n\nhttps:\/\/stock\.example\.com\n {2}DNS +CNAME stock\.example\.com → stockroom-production-\S+\.amazonaws\.com\n/,
          ),
        });
        const log = readFileSync(join(workspace.folder, '.stockroom/deploy/production-deploy.log'), 'utf8');
        const changed = log.matchAll(/# (\w+)\.\S+ .*(?:will be updated|will be destroyed|must be replaced)/g);
        // The task that migrates has a new image: a changed tree has another tag at each build.
        expect([...changed].map(([, type]) => type).filter((type) => type !== 'aws_ecs_task_definition')).toEqual([]);
      },
      TIMEOUT_MS,
    );

    it(
      'creates the roles of the pipeline',
      async () => {
        const { code, output } = await workspace.run('pipeline', ['production']);
        expect({ code, output }).toEqual({
          code: 0,
          output: expect.stringMatching(
            /AWS_DEPLOY_ROLE {2}arn:aws:iam::123456789012:role\/stockroom-production-deploy\n +AWS_PLAN_ROLE {4}arn:aws:iam::123456789012:role\/stockroom-production-plan\n/,
          ),
        });
      },
      TIMEOUT_MS,
    );

    it('is not destroyed while it is protected: each protection is named', async () => {
      const held = await accountResources();
      const { code, output } = await workspace.run('destroy', ['production'], {}, 'production\n');
      const named = (output.match(/(?<=^ {2}- ).+/gm) ?? []).map((subject) => subject.replace(/\d+ (?=images)/, ''));
      expect({ code, output, named: named.sort() }).toEqual({
        code: 1,
        output: expect.stringContaining('production is protected, and nothing was destroyed:\n'),
        named: [...PROTECTIONS].sort(),
      });
      expect(await accountResources()).toEqual(held);
    });

    it(
      'is destroyed with --unprotect, but for its last snapshot and the account’s setting for network interfaces',
      async () => {
        const { code, output } = await workspace.run('destroy', ['production', '--unprotect'], {}, 'production\n');
        expect({ code, output }).toMatchObject({ code: 0 });
        expect(await accountResources()).toEqual(heldBefore);
        const { DBSnapshots } = await new RDSClient({}).send(
          new DescribeDBSnapshotsCommand({ SnapshotType: 'manual' }),
        );
        expect(DBSnapshots!.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier)).toEqual([
          expect.stringMatching(/^stockroom-production-final-vpc-[0-9a-f]+$/),
        ]);
        const { settings } = await new ECSClient({}).send(new ListAccountSettingsCommand({ name: 'awsvpcTrunking' }));
        expect(settings).toMatchObject([{ value: 'enabled' }]);
      },
      TIMEOUT_MS,
    );

    it('finds the names of its secrets taken for 30 days, and says how they become free', async () => {
      const { code, output } = await workspace.run('preflight', ['production']);
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining(
          '→ aws secretsmanager delete-secret --secret-id stockroom-production/database-password --force-delete-without-recovery',
        ),
      });
    });
  },
  ['moto_server'],
);

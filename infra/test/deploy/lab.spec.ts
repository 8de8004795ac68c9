import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Emulator } from '../support/emulator/emulator.ts';
import { prepareAccount } from '../support/emulator/prepared-account.ts';
import { Workspace } from '../support/workspace.ts';
import { describeWithTerraform } from '../support/describe-with-terraform.ts';

const BUCKET = 'stockroom-state-of-the-lab';
const SINCE = '2026-11-27T04:00:00Z';
const REGISTRY = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** What a rehearsal cannot show: it pushes to a registry of this machine, and no other command holds its state. */
describeWithTerraform(
  'npm run deploy -- lab, with its state in a bucket',
  () => {
    let emulator: Emulator;
    let workspace: Workspace;

    beforeAll(async () => {
      emulator = await Emulator.start();
      Object.assign(process.env, emulator.variables);
      workspace = new Workspace({ ...emulator.variables, STATE_BUCKET: BUCKET });
      await prepareAccount();
    });
    afterAll(() => emulator?.stop());

    it('creates the bucket on request', async () => {
      expect(await workspace.run('state-bucket', ['lab'])).toEqual({ code: 0, output: `${BUCKET} is created.\n` });
    });

    it('says who holds the lock that a killed deployment has left', async () => {
      const Body = JSON.stringify({ ID: '1', Operation: 'OperationTypeApply', Who: 'ada@laptop', Created: SINCE });
      const Key = 'stockroom-lab/platform.tfstate.tflock';
      await new S3Client({}).send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
      const { code, output } = await workspace.run('deploy', ['lab']);
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining(
          `Terraform’s state is locked.\n  platform: ada@laptop, apply, since ${SINCE}\nWait until that command has ended. If it was killed, npm run unlock -- lab removes its lock.`,
        ),
      });
    });

    it('has built both images for the instances’ platform before that, and pushed them to the account’s registry', () => {
      const each = (service: string) => [
        expect.stringMatching(
          new RegExp(
            `^build --file Dockerfile\\.${service} --build-arg GIT_SHA=\\S+ --platform linux/amd64 --label org\\.opencontainers\\.image\\.version=\\S+ (--label \\S+ )*--tag \\S+ \\.$`,
          ),
        ),
        `login --username AWS --password-stdin ${REGISTRY}`,
        expect.stringContaining(`push ${REGISTRY}/stockroom-${service}:`),
      ];
      expect(workspace.dockerCalls).toEqual([...each('api'), ...each('gateway')]);
    });

    it('removes the lock on request, and finds none the next time', async () => {
      const { code, output } = await workspace.run('unlock', ['lab'], {}, 'lab\n');
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('platform unlocked.') });
      expect(await workspace.run('unlock', ['lab'])).toEqual({ code: 0, output: 'No state of lab is locked.\n' });
    });

    it('destroys nothing where another name is typed', async () => {
      const { code, output } = await workspace.run('destroy', ['lab'], {}, 'production\n');
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining('That is not lab: nothing was destroyed.'),
      });
    });
  },
  ['moto_server'],
);

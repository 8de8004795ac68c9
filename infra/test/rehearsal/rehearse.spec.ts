import { execFile, spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { ContainerDatabase } from '../../environments/settings/database.ts';
import { settings } from '../../environments/settings/settings.ts';
import { missingRequirements } from '../../rehearsal/host/requirements.ts';
import { missingForTerraform } from '../support/terraform.ts';

const run = promisify(execFile);
const MINUTES = 60_000;
const SUPPORT = 'test/containers/support';

const CRITERIA = [
  'every API route works',
  'the gateway is reached through the load balancer',
  'the gateway reaches the API by the load balancer’s DNS name',
  'ECS reports every task RUNNING and HEALTHY',
  'requests are spread over the tasks of both services',
];

const provider = missingForTerraform([]);
const missing = [...(await missingRequirements()), ...(provider ? [provider] : [])];
if (missing.length > 0 && process.env.CI === 'true')
  it('has what a rehearsal needs', () => expect(missing).toEqual([]));
else if (missing.length > 0) process.stderr.write(`Skipped: rehearsals: ${missing.join('; ')}.\n`);

(missing.length > 0 ? describe.skip : describe)('npm run rehearse', () => {
  const base = process.env.BASE_IMAGE ?? 'stockroom-test/node:24';

  beforeAll(async () => {
    if (process.env.BASE_IMAGE) return;
    await run(`${SUPPORT}/base-image.sh`, [base]);
    await run(`${SUPPORT}/postgres-image.sh`, [base, settings(ContainerDatabase, {}).image]);
  }, 5 * MINUTES);

  it.each([
    {
      environment: 'lab',
      options: ['--prepared'],
      drills: ['first-deployment', 'roll', 'kill-task', 'addresses', 'kill-instance'],
    },
    { environment: 'sandbox', options: [], drills: ['database', 'protection', 'destroy'] },
  ])(
    '-- $environment meets the five criteria, and survives the drills $drills',
    async ({ environment, options, drills }) => {
      const args = [environment, ...options, ...drills.flatMap((name) => ['--drill', name])];
      const { code, output } = await rehearse(args, base);
      const met = [...output.matchAll(/^met {5}(?:drill )?(.+?)(?: \(.*\))?$/gm)].map(([, title]) => title!);
      expect({ code, output, met: new Set(met) }).toEqual({
        code: 0,
        output: expect.not.stringMatching(/^MISSED/m),
        met: new Set([...CRITERIA, ...drills]),
      });
    },
    20 * MINUTES,
  );
});

async function rehearse(args: string[], base: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, BASE_IMAGE: base };
  const child = spawn(process.execPath, ['infra/rehearsal/main.ts', ...args], { env });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: (await output).join('') };
}

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
else if (missing.length > 0) process.stderr.write(`Skipped: the rehearsals: ${missing.join('; ')}.\n`);

(missing.length > 0 ? describe.skip : describe)('npm run rehearse', () => {
  const base = process.env.BASE_IMAGE ?? 'stockroom-test/node:24';

  // Stand-ins where no image registry can be reached.
  beforeAll(async () => {
    if (process.env.BASE_IMAGE) return;
    await run(`${SUPPORT}/base-image.sh`, [base]);
    await run(`${SUPPORT}/postgres-image.sh`, [base, settings(ContainerDatabase, {}).image]);
  }, 5 * MINUTES);

  it(
    '-- sandbox meets the five criteria, changes nothing when it is planned again, and is destroyed only without protection',
    async () => {
      const drills = ['unchanged', 'protection'];
      const { code, output } = await rehearse(['sandbox', ...drills.flatMap((it) => ['--drill', it])], base);
      process.stderr.write(output);
      const titles = (mark: string) => [
        ...output.matchAll(new RegExp(`^${mark} *(?:drill )?(.+?)(?: \\(.*\\))?$`, 'gm')),
      ];
      expect({
        code,
        met: titles('met').map(([, title]) => title),
        missed: titles('MISSED').map(([title]) => title),
      }).toEqual({ code: 0, met: expect.arrayContaining([...CRITERIA, ...drills]), missed: [] });
    },
    30 * MINUTES,
  );
});

async function rehearse(args: string[], BASE_IMAGE: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, BASE_IMAGE };
  const child = spawn('npm', ['run', '--silent', 'rehearse', '--', ...args], { env });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: (await output).join('') };
}

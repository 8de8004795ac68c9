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

const LAB_DRILLS = ['roll', 'kill-task', 'destroy'];
const SANDBOX_DRILLS = ['unchanged', 'protection'];

const provider = missingForTerraform([]);
const missing = [...(await missingRequirements()), ...(provider ? [provider] : [])];
if (missing.length > 0 && process.env.CI === 'true')
  it('has what a rehearsal needs', () => expect(missing).toEqual([]));
else if (missing.length > 0) process.stderr.write(`Skipped: the rehearsals: ${missing.join('; ')}.\n`);

interface Rehearsed {
  code: number | null;
  met: string[];
  missed: string[];
}

(missing.length > 0 ? describe.skip : describe)('npm run rehearse', () => {
  const base = process.env.BASE_IMAGE ?? 'stockroom-test/node:24';
  let lab: Promise<Rehearsed>;
  let sandbox: Promise<Rehearsed>;

  beforeAll(async () => {
    // Stand-ins where no image registry can be reached.
    if (!process.env.BASE_IMAGE) {
      await run(`${SUPPORT}/base-image.sh`, [base]);
      await run(`${SUPPORT}/postgres-image.sh`, [base, settings(ContainerDatabase, {}).image]);
    }
    // At the same time: each waits more than it works, and the images are built once for both.
    lab = rehearse(['lab', '--prepared'], LAB_DRILLS, base);
    sandbox = rehearse(['sandbox'], SANDBOX_DRILLS, base);
  }, 5 * MINUTES);

  it(
    '-- lab --prepared meets the five criteria, survives a new version and a killed task, and is destroyed whole',
    async () => {
      expect(await lab).toEqual({ code: 0, met: expect.arrayContaining([...CRITERIA, ...LAB_DRILLS]), missed: [] });
    },
    30 * MINUTES,
  );

  it(
    '-- sandbox meets the five criteria, changes nothing when planned again, and is destroyed only without protection',
    async () => {
      expect(await sandbox).toEqual({
        code: 0,
        met: expect.arrayContaining([...CRITERIA, ...SANDBOX_DRILLS]),
        missed: [],
      });
    },
    30 * MINUTES,
  );
});

async function rehearse(args: string[], drills: string[], BASE_IMAGE: string): Promise<Rehearsed> {
  const options = [...args, '--speed', '3', ...drills.flatMap((it) => ['--drill', it])];
  const env = { ...process.env, BASE_IMAGE };
  const child = spawn('npm', ['run', '--silent', 'rehearse', '--', ...options], { env });
  const output = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  process.stderr.write(await output);
  const titles = [...(await output).matchAll(/^(met|MISSED) *(?:drill )?(.+?)(?: \(.*\))?$/gm)];
  const marked = (mark: string) => titles.filter(([, found]) => found === mark).map(([, , title]) => title!);
  return { code, met: marked('met'), missed: marked('MISSED') };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { paths } from '#runtime';
import { smokeEmail } from '../../environments/names.ts';
import { password } from '../aws/secret.ts';
import { runCommand } from '../local/command.ts';
import { ROOT } from '../local/source.ts';
import { missingRecord } from './missing-record.ts';
import type { OnProgress, Step } from './step.ts';

/** The name of a new load balancer takes a minute or two to be known everywhere. */
const DEADLINE_MS = 5 * 60_000;
/** A person has to create the record first. */
const DNS_DEADLINE_MS = 60 * 60_000;

/** With an account of its own; where people keep their stock, the suite only reads. */
export const smoke: Step = {
  title: 'Smoke test',
  skip: ({ variables }) => (variables.SMOKE === 'false' ? 'SMOKE=false' : undefined),
  run: async ({ aws, environment, platform, log }, onProgress) => {
    const { url, load_balancer } = platform;
    const record = missingRecord(environment, platform);
    await untilItResponds(
      url!,
      record ?? `its name must lead to ${load_balancer}`,
      onProgress,
      record ? DNS_DEADLINE_MS : DEADLINE_MS,
    );
    const { api, gateway } = environment.services;
    const variables = {
      SMOKE_INSTANCES: String(Math.min(api.minCount, gateway.minCount)),
      SMOKE_EMAIL: smokeEmail,
      SMOKE_PASSWORD: await password(aws, environment, 'smoke'),
    };
    const onLine: OnProgress = (line) => {
      log.write(`${line}\n`);
      if (line.trim()) onProgress(line.trim());
    };
    const suite = environment.production ? ['--read-only'] : [];
    await runCommand('npm', ['run', '--silent', 'smoke', '--', url!, ...suite], { folder: ROOT, variables, onLine });
  },
};

async function untilItResponds(url: string, remedy: string, onProgress: OnProgress, deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const why = await fetch(`${url}${paths.ready}`).then(
      ({ status }) => (status === 200 ? undefined : `it responds with ${status}`),
      (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
    );
    if (why === undefined) return;
    if (Date.now() > end) throw new Error(`${url} does not respond: ${why}; ${remedy}.`);
    onProgress(`waiting for ${url}: ${why}; ${remedy}`);
    await sleep(3000);
  }
}

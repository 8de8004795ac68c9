import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../environments/environment.ts';
import { logGroupName } from '../../environments/names.ts';
import { linesSince } from '../aws/logs.ts';
import type { Deployment } from '../deployment.ts';
import type { Options } from '../options.ts';

const EVERY_MS = 2000;
const UNITS_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `npm run logs -- <environment> [--since 2h] [--follow]`: both services' lines, in the order in which they were written. */
export async function logs({ aws, environment }: Deployment, { since, follow }: Options): Promise<void> {
  let from = Date.now() - milliseconds(since);
  const shown = new Set<string>();
  do {
    const found = await Promise.all(
      serviceNames.map(async (name) => {
        const events = await linesSince(aws, logGroupName(environment, name), from);
        return events.map((event) => ({ ...event, name }));
      }),
    );
    const fresh = found.flat().filter(({ eventId }) => !shown.has(eventId!));
    for (const { eventId, timestamp = 0, message, name } of fresh.sort((a, b) => a.timestamp! - b.timestamp!)) {
      process.stdout.write(`${new Date(timestamp).toISOString()} ${name} ${message?.trimEnd()}\n`);
      shown.add(eventId!);
      from = Math.max(from, timestamp);
    }
    if (follow) await sleep(EVERY_MS);
  } while (follow);
}

function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!number || !unit) throw new Error(`--since ${text} is no span of time: write such as 30s, 10m, 2h or 1d.`);
  return Number(number) * UNITS_MS[unit]!;
}

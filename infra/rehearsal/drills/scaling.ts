import { setTimeout as sleep } from 'node:timers/promises';
import { hasServed, type LoadResult, said, underLoad } from './load.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { appServices, type Drill, isWhole, seconds, until } from './support.ts';

const countsOf = (context: Parameters<Drill>[0]): number[] =>
  appServices(context.rehearsal).map(({ desiredCount }) => desiredCount);

/** Fast motion while `work` lasts. */
async function inFastMotion<T>(rehearsal: Rehearsal, pace: Rehearsal['pace'], work: () => Promise<T>): Promise<T> {
  rehearsal.pace = pace;
  try {
    return await work();
  } finally {
    rehearsal.pace = undefined;
  }
}

const usageOf = ({ rehearsal }: Parameters<Drill>[0], windowMs: number): string =>
  appServices(rehearsal)
    .map((service) => {
      const { cpu = 0, requestsPerTarget = 0 } = rehearsal.usage.metrics(service, windowMs) ?? {};
      return `${service.name} ${cpu.toFixed(0)} % CPU, ${requestsPerTarget.toFixed(0)} requests a minute and task`;
    })
    .join(', ');

/** Load up, load away, a minute lasting a second: every service scales out, then in. */
export const scale: Drill = (context) =>
  inFastMotion(context.rehearsal, { minuteMs: 1000, windowMs: 5000 }, async () => {
    const { rehearsal } = context;
    const before = countsOf(context);
    const began = Date.now();
    /** @param isSo of a service's desired count now and at first */
    const scaled = (isSo: (now: number, atFirst: number) => boolean) => (soFar: LoadResult) =>
      until(() => countsOf(context).every((count, n) => isSo(count, before[n]!)) && isWhole(rehearsal)).catch(
        ({ message }: Error) => {
          throw new Error(`${message}; ${usageOf(context, 5000)}; ${said(soFar)}`);
        },
      );
    const load = await underLoad(
      context,
      scaled((now, atFirst) => now > atFirst),
      { clients: 24, pauseMs: 20, signedIn: false, addresses: rehearsal.hostAddresses },
    );
    const [most, out] = [countsOf(context), seconds(began)];
    // Few requests: almost no load, and still one where a task ends.
    const calm = await underLoad(
      context,
      scaled((now, atFirst) => now <= atFirst),
      { pauseMs: 500 },
    );
    return {
      met: hasServed(load) && hasServed(calm),
      evidence: `${before.join(' + ')} tasks → ${most.join(' + ')} in ${out} → ${countsOf(context).join(' + ')} after ${seconds(began)}; ${said(load)}; afterwards ${said(calm)}`,
    };
  });

/** Five hours without a request, a minute lasting a tenth of a second: nothing scales. */
export const rest: Drill = async (context) => {
  const { rehearsal } = context;
  const [hours, windowMs] = [5, 15_000];
  const before = countsOf(context);
  await sleep(windowMs);
  const from = rehearsal.autoscaling.minutes;
  await inFastMotion(rehearsal, { minuteMs: 100, windowMs }, () =>
    until(() => rehearsal.autoscaling.minutes - from >= hours * 60),
  );
  const after = countsOf(context);
  return {
    met: after.join() === before.join(),
    evidence: `${hours} h: desired counts ${before.join(' + ')} → ${after.join(' + ')}; ${usageOf(context, windowMs)}`,
  };
};

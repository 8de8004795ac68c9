import { setTimeout as sleep } from 'node:timers/promises';
import { hasFailed, said, underLoad } from './load.ts';
import { appServices, type Drill, isWhole, seconds, until } from './support.ts';

const countsOf = (context: Parameters<Drill>[0]): number[] =>
  appServices(context.rehearsal).map(({ desiredCount }) => desiredCount);

/** Load up, load away, a minute lasting a second: every service scales out, then in. */
export const scale: Drill = async (context) => {
  const { rehearsal } = context;
  const before = countsOf(context);
  const began = Date.now();
  rehearsal.pace = { minuteMs: 1000, windowMs: 5000 };
  const load = await underLoad(
    context,
    () => until(() => countsOf(context).every((count, n) => count > before[n]!) && isWhole(rehearsal)),
    { clients: 24, pauseMs: 80, signedIn: false, addresses: rehearsal.hostAddresses },
  );
  const [most, out] = [countsOf(context), seconds(began)];
  const calm = await underLoad(context, () =>
    until(() => countsOf(context).every((count, n) => count <= before[n]!) && isWhole(rehearsal)),
  );
  rehearsal.pace = undefined;
  return {
    met: !hasFailed(load) && !hasFailed(calm) && load.unavailable + calm.unavailable === 0,
    evidence: `${before.join(' + ')} tasks → ${most.join(' + ')} in ${out} → ${countsOf(context).join(' + ')} after ${seconds(began)}; ${said(load)}; afterwards ${said(calm)}`,
  };
};

/** Five hours without a request, a minute lasting a tenth of a second: nothing scales. */
export const rest: Drill = async (context) => {
  const { rehearsal } = context;
  const [hours, windowMs] = [5, 15_000];
  const before = countsOf(context);
  await sleep(windowMs);
  const from = rehearsal.autoscaling.minutes;
  rehearsal.pace = { minuteMs: 100, windowMs };
  await until(() => rehearsal.autoscaling.minutes - from >= hours * 60);
  rehearsal.pace = undefined;
  const after = countsOf(context);
  const usage = appServices(rehearsal).map((service) => {
    const { cpu = 0, memory = 0 } = rehearsal.usage.metrics(service, windowMs) ?? {};
    return `${service.name} ${cpu.toFixed(0)} % CPU, ${memory.toFixed(0)} % memory`;
  });
  return {
    met: after.join() === before.join(),
    evidence: `${hours} h: desired counts ${before.join(' + ')} → ${after.join(' + ')}; ${usage.join(', ')}`,
  };
};

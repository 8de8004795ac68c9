import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, type Rule, runCase } from '../../apps/gateway/test/forwarding/support/case.ts';
import { checked } from '../../apps/gateway/test/forwarding/support/problem.ts';
import type { Contestant } from './contestants.ts';

/** Cases wait for sockets most of the time. */
const AT_ONCE = 4;
const PATIENCE_MS = 60_000;

/** Why each case failed; undefined where it passed. In the order of the rules and of their cases. */
export type Failures = (string | undefined)[];

/** Runs all cases against one proxy. */
export async function runCases(rules: Rule[], { start, ours }: Contestant): Promise<Failures> {
  checked.body = ours;
  const cases = rules.flatMap((rule) => rule.cases);
  const failures: Failures = new Array<undefined>(cases.length).fill(undefined);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < cases.length; at = next++) failures[at] = await failureOf(cases[at]!, start);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failures;
}

async function failureOf(one: Case, start: Contestant['start']): Promise<string | undefined> {
  const giveUp = new AbortController();
  const late = sleep(PATIENCE_MS, 'It never ended.', { signal: giveUp.signal }).catch(() => undefined);
  const result = runCase(one, start).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const failure = await Promise.race([result, late]);
  giveUp.abort();
  return failure;
}

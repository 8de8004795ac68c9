import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, type Rule, runCase } from '../../apps/gateway/test/forwarding/support/case.ts';
import { judged } from '../../apps/gateway/test/forwarding/support/problem.ts';
import type { Contestant } from './contestants.ts';

/** Cases wait for sockets most of the time. */
const AT_ONCE = 4;
const PATIENCE_MS = 60_000;

/** Why each case failed; undefined where it passed. In the order of the rules and of their cases. */
export type Verdicts = (string | undefined)[];

/** Runs all cases against one proxy. */
export async function judge(rules: Rule[], { start, ours }: Contestant): Promise<Verdicts> {
  judged.body = ours;
  const cases = rules.flatMap((rule) => rule.cases);
  const verdicts: Verdicts = new Array<undefined>(cases.length).fill(undefined);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < cases.length; at = next++) verdicts[at] = await verdictOf(cases[at]!, start);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verdicts;
}

async function verdictOf(one: Case, start: Contestant['start']): Promise<string | undefined> {
  const giveUp = new AbortController();
  const late = sleep(PATIENCE_MS, 'It never ended.', { signal: giveUp.signal }).catch(() => undefined);
  const failure = runCase(one, start).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const verdict = await Promise.race([failure, late]);
  giveUp.abort();
  return verdict;
}

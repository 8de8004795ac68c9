import { expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { TimeoutChecker, type Watched } from './timeout-checker.ts';

it('calls each that is watched once a tick, also where some remove themselves meanwhile', async () => {
  let now = 0;
  const checker = new TimeoutChecker(40, () => now);
  const ticks: string[] = [];
  const make = (name: string, leaves: boolean): Watched => ({
    onTick(at) {
      ticks.push(`${name}@${at}`);
      if (leaves) checker.delete(this);
    },
  });
  for (const watched of [make('a', true), make('b', false), make('c', true), make('d', false)]) checker.add(watched);
  const tick = async (at: number) => {
    now = at;
    while (!ticks.some((one) => one.endsWith(`@${at}`))) await sleep(1);
    now = NaN; // Whatever ticks later is another tick.
    return ticks.filter((one) => one.endsWith(`@${at}`));
  };
  expect(await tick(1)).toEqual(['a@1', 'b@1', 'c@1', 'd@1']);
  expect(await tick(2)).toEqual(['b@2', 'd@2']);
  checker.close();
});

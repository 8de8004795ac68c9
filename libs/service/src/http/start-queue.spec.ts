import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { StartQueue } from './start-queue.ts';

it('begins as many as fit into a turn of the event loop at once, the others in the next turns in their order', async () => {
  const queue = new StartQueue(2);
  const begun: number[] = [];
  for (let n = 1; n <= 5; n++) queue.add(() => void begun.push(n));
  expect(begun).toEqual([1, 2]);
  const seen = new Set<string>();
  for (let turn = 0; begun.length < 5 && turn < 100; turn++) {
    await nextTurn();
    seen.add(begun.join());
  }
  expect([...seen]).toEqual(['1,2', '1,2,3,4', '1,2,3,4,5']);
});

it('settles what one began before the next one begins in a later turn', async () => {
  const queue = new StartQueue(2);
  const steps: string[] = [];
  const start = (name: string) => async () => {
    steps.push(`${name} begins`);
    await Promise.resolve();
    steps.push(`${name} goes on`);
  };
  for (const name of ['a', 'b', 'c', 'd']) queue.add(() => void start(name)());
  for (let turn = 0; steps.length < 8 && turn < 100; turn++) await nextTurn();
  expect(steps.slice(4)).toEqual(['c begins', 'c goes on', 'd begins', 'd goes on']);
});

it('begins one that comes in a later turn at once, where none waits', async () => {
  const queue = new StartQueue(1);
  const begun: number[] = [];
  queue.add(() => void begun.push(1));
  await nextTurn();
  await nextTurn();
  queue.add(() => void begun.push(2));
  expect(begun).toEqual([1, 2]);
});

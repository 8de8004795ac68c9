import { setTimeout as sleep } from 'node:timers/promises';
import { Deadlines, type Timed } from './deadlines.ts';

describe('Deadlines', () => {
  it('asks each that is watched, each once a round, also where some take themselves out', async () => {
    let now = 0;
    const deadlines = new Deadlines(40, () => now);
    const ticks: string[] = [];
    const make = (name: string, leaves: boolean): Timed => ({
      watchedAt: -1,
      tick(at) {
        ticks.push(`${name}@${at}`);
        if (leaves) deadlines.delete(this);
      },
    });
    const [first, second, third, fourth] = [make('a', true), make('b', false), make('c', true), make('d', false)];
    for (const timed of [first, second, third, fourth]) deadlines.add(timed);
    const round = async (at: number) => {
      now = at;
      while (!ticks.some((tick) => tick.endsWith(`@${at}`))) await sleep(1);
      return ticks.filter((tick) => tick.endsWith(`@${at}`)).sort();
    };
    expect(await round(1)).toEqual(expect.arrayContaining(['a@1', 'b@1', 'c@1', 'd@1']));
    // The last one stands where another stood, and is found there.
    expect([deadlines.size, deadlines.delete(first), deadlines.delete(fourth)]).toEqual([2, false, true]);
    expect((await round(2)).every((tick) => tick === 'b@2')).toBe(true);
    expect(deadlines.size).toBe(1);
    deadlines.close();
  });
});

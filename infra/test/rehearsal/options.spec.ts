import { describe, expect, it } from '@jest/globals';
import { optionsOf } from '../../rehearsal/options.ts';

describe('the options of a rehearsal', () => {
  it('play the drills in their own order, whatever the order they are named in', () => {
    expect(optionsOf(['sandbox', '--drill', 'scale', '--drill', 'first-deployment', '--drill', 'roll'])).toEqual({
      environment: 'sandbox',
      prepared: false,
      keep: false,
      speed: 1,
      drills: ['first-deployment', 'roll', 'scale'],
      unknown: [],
    });
  });

  it.each([
    ['lab, which has created nothing that AWS protects,', ['lab', '--prepared'], 'destroy', 'protection'],
    ['sandbox, whose protection ends with its destruction,', ['sandbox'], 'protection', 'destroy'],
  ])('play every drill of the %s at --drill all, destroying it last', (_, args, last, without) => {
    const { drills } = optionsOf([...args, '--drill', 'all']);
    expect([drills.length, drills.at(-1), drills.includes(without)]).toEqual([11, last, false]);
  });

  it('name the drills that there are not', () => {
    expect(optionsOf(['lab', '--drill', 'roll', '--drill', 'rolle'])).toMatchObject({ drills: ['roll'], unknown: ['rolle'] }); // prettier-ignore
  });
});

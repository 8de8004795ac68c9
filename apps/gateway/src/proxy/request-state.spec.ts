import { expect, it } from '@jest/globals';
import { RequestState, type State } from './request-state.ts';

const through = (...states: State[]) => {
  const state = new RequestState();
  for (const next of states) state.enter(next);
  return state;
};

it('goes from the request to the response, also by a second attempt', () => {
  const whole = through('preparing', 'connecting', 'uploading', 'connecting', 'awaiting', 'responding', 'flushing');
  expect([whole.name, whole.isOver, whole.isRefusable]).toEqual(['flushing', true, false]);
});

it('can be refused until a response has begun, and only cut off afterwards', () => {
  expect(through('preparing', 'connecting', 'awaiting').isRefusable).toBe(true);
  const responding = through('preparing', 'connecting', 'awaiting', 'responding');
  expect(() => responding.enter('refused')).toThrow('A request cannot go from "responding" to "refused".');
  responding.enter('cut');
  expect(responding.isOver).toBe(true);
});

it('ends once', () => {
  expect(() => through('closed').enter('closed')).toThrow('A request cannot go from "closed" to "closed".');
});

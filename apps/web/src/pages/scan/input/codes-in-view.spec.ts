import { expect, it } from '@jest/globals';
import { CodesInView } from './codes-in-view.ts';

it('counts a code once while it stays in view, however long each picture takes', () => {
  const view = new CodesInView();
  expect(view.onPicture(['a', 'a'], 0)).toEqual(['a']);
  expect(view.onPicture(['a', 'b'], 5_000)).toEqual(['b']);
  expect(view.onPicture(['b'], 9_000)).toEqual([]);
});

it('counts a code again when pictures were without it for a second, and not when one picture missed it', () => {
  const view = new CodesInView();
  view.onPicture(['a'], 0);
  expect(view.onPicture([], 100)).toEqual([]);
  expect(view.onPicture(['a'], 200)).toEqual([]);
  view.onPicture([], 300);
  view.onPicture([], 1_300);
  expect(view.onPicture(['a'], 1_400)).toEqual(['a']);
});

it('does not count a code again when only one picture missed it, however long the next one takes', () => {
  const view = new CodesInView();
  view.onPicture(['a'], 0);
  view.onPicture([], 100);
  expect(view.onPicture(['a'], 5_000)).toEqual([]);
});

import { change, number, plural } from './format.ts';
import type { MovementType } from '../stock/movement.ts';
import { glossary } from './glossary.ts';

export const movementTexts = {
  actions: glossary.actions,
  titles: {
    receipt: (name: string) => `Receive ${name}`,
    issue: (name: string) => `Ship ${name}`,
    transfer: (name: string) => `Move ${name}`,
    count: (name: string) => `Count ${name}`,
  },
  anImport: 'Import',
  importOf: (time: string) => `Import of ${time}`,
  difference: (before: number, after: number) => `${number(before)} → ${number(after)} (${change(after - before)})`,
  largeDifferences: (count: number, action: string) =>
    plural(count, {
      one: `# count changes its level by more than half. Look at it again, then press ${action} once more.`,
      other: `# counts change their levels by more than half. Look at them again, then press ${action} once more.`,
    }),
  /** @param delta by which the only line changed its level; undefined: there are several lines */
  done: (type: MovementType, units: number, lines: number, delta: number | undefined): string => {
    if (delta !== undefined && type === 'count')
      return delta === 0 ? 'Counted: as expected.' : `Counted: ${change(delta)}.`;
    if (type === 'count') return plural(lines, { one: '# level counted.', other: '# levels counted.' });
    if (type === 'adjustment') return plural(lines, { one: '# level adjusted.', other: '# levels adjusted.' });
    const verb = { receipt: 'received', issue: 'shipped', transfer: 'moved' }[type];
    return `${number(units)} ${verb}.`;
  },
};

/** After a movement. */
export const bookedTexts = {
  undo: 'Undo',
  labels: 'Print labels',
  undone: 'Undone: the movement is reversed.',
  note: 'Undone at once by the person who booked it',
};

export const pickerTexts = {
  find: 'SKU, name or barcode',
  none: 'No item matches.',
  nothing: (words: string) => `Nothing matches “${words}”.`,
  several: (words: string) => `“${words}” matches several. Choose one of them.`,
};

/** Of one line among several. */
export const problemLinesTexts = {
  short: (available: number, requested: number) =>
    `${number(requested)} asked for, ${number(available)} available here.`,
  unexpected: (onHand: number) =>
    `The level was changed while you counted: it is ${number(onHand)} now. Count again, or save your count as it is.`,
};

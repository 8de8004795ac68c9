import { change, number, plural } from './format.ts';
import { glossary } from './glossary.ts';

export const movementTexts = {
  actions: glossary.actions,
  titles: {
    receipt: (name: string) => `Receive ${name}`,
    issue: (name: string) => `Ship ${name}`,
    transfer: (name: string) => `Move ${name}`,
    count: (name: string) => `Count ${name}`,
  },
  location: 'Location',
  from: 'From',
  to: 'To',
  quantity: 'Quantity',
  counted: 'Counted',
  reference: 'Reference',
  note: glossary.note,
  anImport: 'Import',
  importOf: (time: string) => `Import of ${time}`,
  difference: (before: number, after: number) => `${number(before)} → ${number(after)} (${change(after - before)})`,
  isLarge: (before: number, after: number) =>
    `This changes the level by ${change(after - before)}, from ${number(before)} to ${number(after)}. Press Count once more to save it.`,
  largeDifferences: (count: number, action: string) =>
    plural(count, {
      one: `# count changes its level by more than half. Look at it again, then press ${action} once more.`,
      other: `# counts change their levels by more than half. Look at them again, then press ${action} once more.`,
    }),
  here: (onHand: number, available: number) => `${number(onHand)} on hand, ${number(available)} available`,
  needed: 'This is needed.',
  sameLocation: 'Choose another location than the one it comes from.',
  done: {
    receipt: (quantity: number) => `${number(quantity)} received.`,
    issue: (quantity: number) => `${number(quantity)} shipped.`,
    transfer: (quantity: number) => `${number(quantity)} moved.`,
    count: (delta: number) => (delta === 0 ? 'Counted: as expected.' : `Counted: ${change(delta)}.`),
  },
  short: (available: number) => `Only ${number(available)} available here.`,
  unexpected: (onHand: number) =>
    `The level was changed while you counted: it is ${number(onHand)} now. Count again, or save your count as it is.`,
};

/** After a movement. */
export const bookedTexts = {
  undo: 'Undo',
  undone: 'Undone: the movement is reversed.',
  note: 'Undone at once by the person who booked it',
};

export const pickerTexts = {
  find: 'SKU, name or barcode',
  none: 'No item is like this.',
  nothing: (words: string) => `Nothing matches “${words}”.`,
  several: (words: string) => `“${words}” matches several. Choose one of them.`,
};

/** Of one line among several. */
export const problemLinesTexts = {
  short: (available: number, requested: number) =>
    `${number(requested)} asked for, ${number(available)} available here.`,
  unexpected: (onHand: number) => `The level was changed meanwhile: it is ${number(onHand)} now.`,
};

import { change, list, moment, number, plural } from './format.ts';

export const itemTexts = {
  loading: 'Item',
  back: 'Items',
  edit: 'Edit',
  label: 'Label',
  archived: 'Archived',
  low: 'Low',
  figures: { onHand: 'On hand', reserved: 'Reserved', available: 'Available', reorderPoint: 'Reorder at' },
  facts: { barcode: 'Barcode', category: 'Category', unit: 'Unit', description: 'Description' },
  none: '–',
  levels: {
    title: 'Where it is',
    location: 'Location',
    onHand: 'On hand',
    reserved: 'Reserved',
    available: 'Available',
    empty: 'It is nowhere yet.',
  },
  history: {
    title: 'The last year',
    empty: 'Nothing has moved in the last year.',
    /** What the chart shows, for whoever does not see it. */
    summary: (days: string, now: number, lowest: number, highest: number, steps: number) =>
      `On hand since ${days}: ${number(now)} now, between ${number(lowest)} and ${number(highest)}, ` +
      `${plural(steps, { one: '# change', other: '# changes' })}.`,
    point: (time: string, onHand: number) => `${moment(time)}: ${number(onHand)}`,
    series: 'On hand',
    keys: 'Arrow keys read one change after the other.',
  },
  ledger: {
    title: 'Ledger',
    when: 'When',
    what: 'What',
    where: 'Location',
    change: 'Change',
    after: 'After',
    who: 'Who',
    why: 'Reference and note',
    more: 'Earlier movements',
    empty: 'It has never moved.',
    types: {
      receipt: 'Received',
      issue: 'Shipped',
      transfer: 'Moved',
      adjustment: 'Adjusted',
      count: 'Counted',
      reversal: 'Reversed',
    },
  },
  reservations: {
    title: 'Reservations that hold it',
    empty: 'Nothing is reserved.',
    reference: 'Reference',
    quantity: 'Quantity',
    until: 'Until',
    who: 'Who',
    more: 'There are more.',
  },
};

export const movementTexts = {
  actions: { receipt: 'Receive', issue: 'Ship', transfer: 'Move', count: 'Count' },
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
  note: 'Note',
  here: (onHand: number, available: number) => `${number(onHand)} on hand, ${number(available)} available`,
  needed: 'This is needed.',
  sameLocation: 'Choose another location than the one it comes from.',
  done: {
    receipt: (quantity: number) => `${number(quantity)} received.`,
    issue: (quantity: number) => `${number(quantity)} shipped.`,
    transfer: (quantity: number) => `${number(quantity)} moved.`,
    count: (delta: number) => (delta === 0 ? 'Counted: as expected.' : `Counted: ${change(delta)}.`),
  },
  short: (available: number[]) => `Only ${list(available.map(number))} available here.`,
  unexpected: (onHand: number) =>
    `The level was changed while you counted: it is ${number(onHand)} now. Count again, or save your count as it is.`,
};

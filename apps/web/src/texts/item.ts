import { change, moment, number, plural } from './format.ts';
import { glossary } from './glossary.ts';

export const itemTexts = {
  loading: 'Item',
  back: 'Items',
  edit: 'Edit',
  label: 'Print a label',
  more: 'More',
  archive: {
    action: 'Archive',
    title: (name: string) => `Archive ${name}?`,
    text: 'It is no longer offered anywhere. Its movements stay, and it can be restored.',
    done: (name: string) => `${name} was archived.`,
    restore: glossary.restore,
    restored: (name: string) => `${name} was restored.`,
  },
  archived: 'Archived',
  /** What another person or a program has just done. */
  changed: {
    by: (who: string, what: string) => `${who}: ${what}`,
    moved: (type: keyof typeof glossary.movements, amount: number) =>
      `${glossary.movements[type]}, ${type === 'transfer' ? number(amount) : change(amount)}`,
    events: {
      'item.updated': 'Changed this item',
      'item.archived': 'Archived this item',
      'item.restored': 'Restored this item',
      'reservation.held': 'Reserved some',
      'reservation.updated': 'Changed a reservation',
      'reservation.committed': 'Shipped a reservation',
      'reservation.released': 'Released a reservation',
      'reservation.expired': 'A reservation expired',
    } as Partial<Record<string, string>>,
  },
  photo: {
    alt: (name: string) => `Photo of ${name}`,
    add: 'Add photo',
    replace: 'Replace photo',
    choose: 'A picture from this device or its camera',
    remove: 'Remove photo',
    unreadable: (file: string) => `${file} is no picture that this browser can read. Choose a JPEG, PNG or WebP image.`,
  },
  low: 'Low',
  figures: { onHand: 'On hand', reserved: 'Reserved', available: 'Available', reorderPoint: glossary.reorderPoint },
  facts: {
    unitCost: 'Unit cost',
    value: 'Value on hand',
    barcodes: 'Barcodes',
    category: 'Category',
    unit: 'Unit',
    description: 'Description',
  },
  none: '–',
  levels: {
    title: 'Where it is',
    location: 'Location',
    onHand: 'On hand',
    reserved: 'Reserved',
    available: 'Available',
    empty: 'Not in stock anywhere yet.',
  },
  history: {
    title: 'The last year',
    empty: 'Nothing has moved in the last year.',
    /** What the chart shows, for screen readers. */
    summary: (days: string, now: number, lowest: number, highest: number, steps: number) =>
      `On hand since ${days}: ${number(now)} now, between ${number(lowest)} and ${number(highest)}, ` +
      `${plural(steps, { one: '# change', other: '# changes' })}.`,
    point: (time: string, onHand: number) => `${moment(time)}: ${number(onHand)}`,
    /** Where the movements are too many to show each. */
    stretch: (time: string, lowest: number, highest: number, last: number) =>
      `From ${moment(time)}: between ${number(lowest)} and ${number(highest)}, then ${number(last)}`,
    series: 'On hand',
  },
  ledger: {
    title: 'Ledger',
    when: glossary.time,
    what: 'Type',
    where: glossary.location,
    change: glossary.change,
    // Short, so that the whole ledger fits beside the side column.
    after: 'After',
    who: glossary.person,
    why: 'Reference and note',
    more: 'Earlier movements',
    isReversed: 'reversed',
    reverse: (type: string, time: string) => `Reverse: ${type}, ${time}`,
    amongMany: (count: number) => `One of ${number(count)} lines`,
    empty: 'It has never moved.',
    types: glossary.movements,
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

import { filterTexts } from './filters.ts';
import { number, plural } from './format.ts';
import { glossary } from './glossary.ts';

export const movementsTexts = {
  title: 'Movements',
  one: 'Movement',
  add: 'New movement',
  addShortcut: 'New movement',
  table: 'The ledger. Arrow keys go from one movement to the next, Enter opens it.',
  types: glossary.movements,
  columns: {
    when: glossary.time,
    type: 'Type',
    what: 'Items',
    where: glossary.location,
    change: glossary.change,
    who: glossary.person,
    why: 'Reference and note',
  },
  moreLines: (count: number) => plural(count, { one: '+ # more', other: '+ # more' }),
  manyPlaces: (count: number) => plural(count, { one: '# location', other: '# locations' }),
  reversed: 'Reversed',
  newer: 'There are newer movements',
  empty: {
    title: 'Nothing has moved yet',
    text: 'Everything that is received, shipped, moved or counted is listed here, with who did it and the note.',
  },
  noMatch: { title: 'Nothing matches', text: 'No movement has all of these properties.' },
  filters: {
    ...filterTexts,
    toggle: (count: number) => (count === 0 ? 'Filters' : `Filters (${number(count)})`),
    type: 'Type',
    anyType: 'Any type',
    item: 'Item',
    location: 'Location',
    anywhere: 'Any location',
    reference: 'Reference',
    referenceHint: 'Exactly',
  },
  details: {
    when: glossary.time,
    who: glossary.person,
    kinds: { user: '', 'api-key': 'a program', system: 'by itself' },
    reference: 'Reference',
    note: glossary.note,
    import: 'Import',
    reverses: 'It reverses',
    reversedBy: 'Reversed by',
    thatMovement: 'another movement',
    lines: (count: number) => plural(count, { one: '# line', other: '# lines' }),
    item: 'Item',
    location: 'Location',
    change: 'Change',
    after: glossary.onHandAfter,
    reason: 'Reason',
    none: '–',
  },
  reverse: {
    action: 'Reverse',
    title: 'Reverse this movement?',
    text: 'Its opposite is posted as a movement of its own; both stay in the ledger. This can be done once.',
    note: glossary.note,
    noteHint: 'For example: wrong item scanned',
    needed: 'Say why, for the people who read the ledger later.',
    confirm: 'Reverse',
    done: 'The movement is reversed.',
    show: 'Open the reversal',
    short: 'Not everything that it brought in is still available:',
  },
};

export const newMovementTexts = {
  title: 'New movement',
  type: 'What happens',
  types: glossary.actions,
  explained: {
    receipt: 'Goods come in.',
    issue: 'Goods go out. What is reserved for others stays.',
    transfer: 'Goods go from one location to another.',
    adjustment: 'A level is put right by a difference, for a reason: broken, lost, found.',
    count: 'A level becomes what was counted. What others changed meanwhile is shown, never overwritten.',
  },
  reference: 'Reference',
  referenceHint: 'Your document’s number',
  note: glossary.note,
  lines: 'Lines',
  line: (index: number) => `Line ${number(index + 1)}`,
  item: 'Item',
  location: 'Location',
  from: 'From',
  to: 'To',
  quantity: 'Quantity',
  delta: 'Change',
  deltaHint: '−2 or 5',
  counted: 'Counted',
  reason: 'Reason',
  remove: (index: number) => `Remove line ${number(index + 1)}`,
  addLine: 'Add line',
  addLineShortcut: 'Add a line',
  full: (limit: number) => `A movement has at most ${number(limit)} lines.`,
  here: (onHand: number, available: number) =>
    onHand === available
      ? `${number(onHand)} on hand`
      : `${number(onHand)} on hand, ${number(available)} of it available`,
  needed: 'This is needed.',
  notZero: 'A change is not 0.',
  samePlace: 'Choose another location than the one it comes from.',
  twice: 'The same item and location stand above already.',
  submit: { ...glossary.actions, count: 'Save count' },
  submitShortcut: 'Save',
  failedLines: (count: number) =>
    plural(count, {
      one: 'One line cannot be booked as it is. Nothing was changed.',
      other: '# lines cannot be booked as they are. Nothing was changed.',
    }),
  total: (lines: number, units: string) => `${plural(lines, { one: '# line', other: '# lines' })} · ${units}`,
  units: (units: number) => plural(units, { one: '# unit', other: '# units' }),
};

/** The field that items are scanned or typed into. */
export const quickAddTexts = {
  label: 'Scan or type',
  description:
    'Enter adds the first match. 12* before it adds 12. Rows of a spreadsheet, code and quantity, can be pasted.',
  unknown: (text: string) => `No item matches “${text}”.`,
  archived: (text: string) => `The item with the code ${text} is archived.`,
  failed: (text: string, reason: string) => `“${text}” was not added: ${reason}`,
  full: (item: string, quantity: string) =>
    `${quantity} × ${item} was not added: the movement has no space for another line.`,
  left: 'Press Enter to add this first, or empty the field.',
  close: 'Close',
};

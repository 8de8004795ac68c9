import { number, plural } from './format.ts';
import { glossary } from './glossary.ts';

const items = { one: '# item', other: '# items' };

const gridKeys = {
  '↑ ↓': 'Next and previous row',
  'PageUp PageDown': 'One screen up and down',
  'Home End': 'First and last row',
  Enter: 'Open the item',
};

export const itemsTexts = {
  gridKeys,
  gridKeysWithEditing: {
    ...gridKeys,
    Space: 'Select the row',
    'Shift+↓': 'Select from row to row',
    e: 'Edit the name',
    r: 'Edit the reorder point',
  },
  title: 'Items',
  search: 'Search by SKU, name, barcode or category',
  flags: {
    low: 'Low',
    out: 'Out of stock',
    noCost: 'Without cost',
    noBarcode: 'Without barcode',
    archived: 'Archived',
  },
  at: (code = '…') => `At ${code}`,
  total: (count: number, isCapped: boolean) => (isCapped ? `More than ${plural(count, items)}` : plural(count, items)),
  clear: 'Clear filters',
  add: 'Add item',
  addNamed: (name: string) => `Add “${name}”`,
  grid: 'Items. Arrow keys move, Enter opens, Space selects, Shift with an arrow key too, E edits the name, R the reorder point.',
  columns: {
    sku: 'SKU',
    name: 'Name',
    category: 'Category',
    onHand: 'On hand',
    reserved: 'Reserved',
    available: 'Available',
    reorderPoint: glossary.reorderPoint,
  },
  selectAll: 'Select all that are loaded',
  select: (name: string) => `Select ${name}`,
  low: 'Low',
  edit: (field: string) => `Edit ${field.toLowerCase()}`,
  sortBy: (column: string) => `Sort by ${column}`,
  selected: (count: number) => plural(count, { one: '# item selected', other: '# items selected' }),
  clearSelection: 'Clear selection',
  empty: {
    title: 'No items yet',
    text: 'Add the first one here, or import a whole list as CSV.',
    textForViewers: 'The people who look after the catalogue have not added any.',
  },
  noMatch: {
    title: 'Nothing matches',
    text: (q: string | undefined) => (q ? `No item matches “${q}”.` : 'No item has all of these properties.'),
  },
  focusSearch: 'Search items',
  addShortcut: 'Add an item',
  bulk: {
    selectAll: (count: number | undefined, isCapped = false) =>
      count === undefined || isCapped ? 'Select all that match' : `Select all ${number(count)} that match`,
    selecting: (loaded: number) => `${plural(loaded, items)} found so far`,
    progress: (done: number, total: number) => `${number(done)} of ${plural(total, items)}`,
    category: 'Set category',
    reorderPoint: 'Set reorder point',
    archive: 'Archive',
    restore: glossary.restore,
    labels: 'Print labels',
    apply: 'Apply',
    archiveTitle: (count: number) => plural(count, { one: 'Archive # item?', other: 'Archive # items?' }),
    archiveText: 'Archived items are no longer offered. Items that still have stock or reservations stay.',
    done: (count: number) => plural(count, { one: '# item changed', other: '# items changed' }),
    failed: (count: number) => plural(count, { one: '# item was not changed:', other: '# items were not changed:' }),
  },
};

/** The form of an item, and what happens where two people change one. */
export const itemFormTexts = {
  addTitle: 'Add item',
  editTitle: 'Edit item',
  fields: {
    sku: 'SKU',
    name: 'Name',
    description: 'Description',
    barcode: 'Barcode',
    category: 'Category',
    unit: 'Unit',
    unitCost: 'Unit cost',
    reorderPoint: glossary.reorderPoint,
    attributes: 'Attributes',
  } as Record<string, string>,
  attributes: {
    title: 'Attributes',
    namePlaceholder: 'Name, such as colour',
    valuePlaceholder: 'Value, such as red',
    name: (row: number) => `Name of attribute ${number(row)}`,
    value: (row: number) => `Value of attribute ${number(row)}`,
    remove: (row: number) => `Remove attribute ${number(row)}`,
    add: 'Add attribute',
    nameless: 'Every attribute needs a name.',
    twice: (name: string) => `The attribute “${name}” is there twice. Give each a name of its own.`,
  },
  reorderHint: 'The item is low when no more than this is available.',
  none: 'none',
  add: 'Add item',
  save: 'Save',
  added: (name: string) => `${name} was added.`,
  saved: (name: string) => `${name} was saved.`,
  required: glossary.required,
  conflict: {
    title: 'Another person changed this item',
    text: (who: string | undefined, when: string) =>
      `${who ?? 'Another person'} changed it ${when}, after you had opened it. Nothing of yours is saved yet.`,
    field: 'Field',
    before: 'Before',
    theirs: 'Theirs',
    mine: 'Yours',
    keepTheirs: 'Keep theirs',
    saveMine: 'Save mine',
  },
};

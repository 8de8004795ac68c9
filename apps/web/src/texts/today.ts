import { number, plural, utcDay } from './format.ts';
import { glossary } from './glossary.ts';

export const todayTexts = {
  title: 'Today',
  find: 'Scan or type what to open',
  notFound: (text: string) => `No item matches “${text}”.`,

  figures: {
    items: 'Items',
    onHand: 'Units on hand',
    reserved: 'Reserved',
    stockValue: 'Stock value',
    lowItems: 'Low items',
    movementsToday: 'Movements today',
  },
  utc: 'Since midnight UTC',
  movements: {
    title: 'Movements of the last 30 days',
    series: 'Movements',
    summary: (total: number, busiest: { date: string; movements: number }) =>
      total === 0
        ? 'No movements in the last 30 days.'
        : `${plural(total, { one: '# movement', other: '# movements' })} in 30 days, the most on ${utcDay(busiest.date)}: ${number(busiest.movements)}.`,
    point: (date: string, movements: number) =>
      `${utcDay(date)}: ${plural(movements, { one: '# movement', other: '# movements' })}`,
    asTable: 'As a table',
    day: 'Day (UTC)',
    count: 'Movements',
  },
  low: {
    title: 'Low stock',
    item: 'Item',
    available: 'Available',
    reorderPoint: glossary.reorderPoint,
    shortage: 'Short by',
    none: 'Nothing is low.',
    noneText: 'An item is listed here when what is available of it is at or below its reorder point.',
    sku: 'SKU',
    receive: (name: string) => `Receive ${name}`,
    copy: 'Copy order list',
    copied: 'The order list is copied: paste it into a spreadsheet or a mail.',
    more: 'Show more',
    rest: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  },
  worth: {
    title: 'Value by location',
    none: 'No stock yet.',
    others: 'Others',
  },
  imports: {
    title: 'Imports under way',
    none: 'None at the moment.',
    all: 'All imports',
  },
  attention: {
    title: 'Needs attention',
    none: 'Nothing needs attention.',
    out: (items: number) => plural(items, { one: '# item is out of stock', other: '# items are out of stock' }),
    low: (items: number) => plural(items, { one: '# item is low', other: '# items are low' }),
    ending: (count: number) => plural(count, { one: '# reservation ends today', other: '# reservations end today' }),
    withoutCost: (items: number) =>
      plural(items, { one: '# item on hand has no cost', other: '# items on hand have no cost' }),
    anImport: 'An import',
    failedImport: (name: string, rows: number) =>
      rows === 0
        ? `${name} could not be imported`
        : `${name}: ${plural(rows, { one: '# row was left out', other: '# rows were left out' })}`,
  },
  latest: {
    title: 'Latest movements',
    none: 'Nothing has moved yet.',
    times: (amount: string) => `${amount} ×`,
    more: (count: number) => plural(count, { one: '+ # more', other: '+ # more' }),
  },
  empty: {
    title: 'The stockroom is empty',
    textForViewers: 'Totals, low stock and movements appear here as soon as items have been added.',
    locations: (count: number) =>
      `Name the places where things are. ${plural(count, { one: '# location is there.', other: '# locations are there.' })}`,
    toLocations: 'Locations',
    items: 'Import items and their stock from a spreadsheet.',
    import: 'Import a file',
    byHand: 'Or add the first item by hand.',
    add: 'To the items',
    receipt: 'Book the first delivery.',
    toReceipt: 'Receive',
    label: 'Print the first label.',
    toLabels: 'Labels',
    person: 'Invite another person.',
    toPeople: 'People',
  },
};

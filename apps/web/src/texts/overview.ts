import { number, plural, utcDay } from './format.ts';
import { glossary } from './glossary.ts';

export const overviewTexts = {
  title: 'Overview',
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
    more: 'Show more',
    rest: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  },
  worth: {
    title: 'Value by location',
    none: 'No stock yet.',
    withoutCost: (items: number) =>
      plural(items, {
        one: 'Without # item on hand whose cost is not known.',
        other: 'Without # items on hand whose cost is not known.',
      }),
    others: 'Others',
  },
  imports: {
    title: 'Imports under way',
    none: 'None at the moment.',
    all: 'All imports',
  },
  empty: {
    title: 'The stockroom is empty',
    text: 'Bring your items in from a file, or add the first one by hand. Totals, low stock and movements appear here.',
    textForViewers: 'Totals, low stock and movements appear here as soon as items have been added.',
    import: 'Import a file',
    add: 'To the items',
  },
};

import type { DemoLedger, DemoLine, DemoMovement } from './demo-ledger.ts';
import type { DemoItem } from './items.ts';
import type { Random } from './random.ts';
import type { Season } from './catalogue.ts';

const DAY = 86_400_000;

/** From −1 in the middle of winter to 1 in the middle of summer. */
function summer(date: Date): number {
  const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY;
  return Math.sin((2 * Math.PI * (dayOfYear - 100)) / 365);
}

/** How a day compares with an average one for what sells in summer, in winter, or all year round. */
function demandOn(date: Date): Record<Season, number> {
  const gifts = date.getUTCMonth() === 11 && date.getUTCDate() < 24 ? 1.4 : 1;
  return { summer: gifts * (1 + 0.6 * summer(date)), winter: gifts * (1 - 0.6 * summer(date)), even: gifts };
}

/** How many customers a weekday brings, Sunday first: it is closed, Saturday is the busiest. */
const CUSTOMERS = [0, 6, 5, 6, 7, 8, 12];

export function customersOn(date: Date, random: Random): number {
  const usual = CUSTOMERS[date.getUTCDay()]! * (1 + 0.35 * summer(date));
  return usual === 0 ? 0 : random.int(Math.ceil(usual * 0.6), Math.ceil(usual * 1.4));
}

/** One to three items sold over the counter; small ones several at a time. */
export function sell(ledger: DemoLedger, items: DemoItem[], at: Date, random: Random): DemoMovement {
  const lines = basket(ledger, items, at, 'SHOP', random);
  return ledger.post({ type: 'issue', at, reference: ledger.nextNumber('TILL'), lines });
}

/** The van repairs bicycles at the customers', with what it carries. */
export function repair(ledger: DemoLedger, items: DemoItem[], at: Date, random: Random): void {
  const carried = items.filter(({ sku }) => ledger.onHand(sku, 'VAN') > 0);
  if (carried.length === 0) return;
  const lines = basket(ledger, carried, at, 'VAN', random);
  ledger.post({ type: 'issue', at, reference: ledger.nextNumber('JOB'), note: 'Repair at the customer', lines });
}

function basket(ledger: DemoLedger, items: DemoItem[], at: Date, location: string, random: Random): DemoLine[] {
  const demand = demandOn(at);
  const wanted = new Map<string, number>();
  for (let n = random.weighted([1, 2, 3], (count) => 4 - count); n > 0; n--) {
    const { sku, unitCost } = random.weighted(items, (item) => item.weekly * demand[item.season]);
    wanted.set(sku, (unitCost ?? 1000) < 500 && random.chance(0.4) ? random.int(2, 4) : 1);
  }
  return [...wanted]
    .map(([sku, quantity]) => ({ sku, location, delta: -Math.min(quantity, ledger.onHand(sku, location)) }))
    .filter(({ delta }) => delta < 0);
}

import { DemoLedger, type DemoMovement } from './demo-ledger.ts';
import { adjustStock, countStock, reverseSale } from './adjustments.ts';
import { type DemoItem, itemsOf } from './items.ts';
import { Random } from './random.ts';
import { customersOn, repair, sell } from './sales.ts';
import { PurchaseOrders, receiveOpeningStock, replenish } from './supply.ts';

const DAY = 86_400_000;
const DAYS = 365;
/** How long the suppliers of a few items have not delivered. */
const SHORT_OF = 75;

export const locations = [
  { code: 'MAIN', name: 'Main' },
  { code: 'SHOP', name: 'Shop' },
  { code: 'VAN', name: 'Repair van' },
];

export interface DemoShop {
  items: DemoItem[];
  movements: DemoMovement[];
  /** Promised to customers: from the shop, for so many hours from now. */
  reservations: { reference: string; hours: number; lines: { sku: string; quantity: number }[] }[];
  /** When it opened. */
  since: Date;
}

/** A year in the life of an invented bicycle shop that ends at `now`: the same again for the same seed and time. */
export function simulateYear(seed: number, now: Date): DemoShop {
  const random = new Random(seed);
  const items = itemsOf(random);
  const ledger = new DemoLedger();
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const since = new Date(today - DAYS * DAY);
  const orders = new PurchaseOrders(ledger, random);
  const short = new Set(items.filter(() => random.chance(0.05)));
  for (let day = 0; day <= DAYS; day++) {
    const date = new Date(since.getTime() + day * DAY);
    const stocked = day < DAYS - SHORT_OF ? items : items.filter((item) => !short.has(item));
    simulateDay({ day, date, ledger, items, stocked, orders, random });
  }
  const movements = ledger.movements.filter(({ at }) => at < now);
  return { items, movements, reservations: reserve(movements, random), since };
}

interface Day {
  day: number;
  date: Date;
  ledger: DemoLedger;
  items: DemoItem[];
  /** What can be ordered. */
  stocked: DemoItem[];
  orders: PurchaseOrders;
  random: Random;
}

/** One day, from six in the morning to eight at night. */
function simulateDay({ day, date, ledger, items, stocked, orders, random }: Day): void {
  const at = (hour: number, minute = 0) => new Date(date.getTime() + hour * 3_600_000 + minute * 60_000);
  const weekday = date.getUTCDay();
  if (day === 0) receiveOpeningStock(ledger, items, at(6));
  if (weekday === 3) orders.place(stocked, at(6));
  if (weekday >= 1 && weekday <= 5) orders.receive(at(7));
  if (day === 0 || weekday === 1) replenish(ledger, items, 'SHOP', at(7, 30), 4);
  if (day === 0 || weekday === 2) replenish(ledger, carriedByVan(items), 'VAN', at(7, 45), 4);
  const sales = spread(customersOn(date, random), random).map((minute) => sell(ledger, items, at(9, minute), random));
  if (weekday === 2 || weekday === 4) repair(ledger, carriedByVan(items), at(18, random.int(5, 40)), random);
  if (random.chance(0.07) && weekday !== 0) adjustStock(ledger, items, at(18, 45), random);
  if (random.chance(0.02) && sales[0]?.lines.length) reverseSale(ledger, sales[0], at(18, 50));
  if (date.getUTCDate() === 28) countStock(ledger, shelf(items, date), at(19), random);
}

/** Minutes after nine, in order, at which customers come; the shop closes at six. */
const spread = (count: number, random: Random): number[] =>
  Array.from({ length: count }, () => random.int(0, 539)).sort((a, b) => a - b);

const carriedByVan = (items: DemoItem[]) =>
  items.filter(({ category }) => ['Tubes', 'Drivetrain', 'Brakes', 'Workshop'].includes(category));

/** A twelfth of the items, another one each month. */
const shelf = (items: DemoItem[], date: Date) => items.filter((_, n) => n % 12 === date.getUTCMonth());

/** A few customers of the web shop have until their hour to pay. No two want the same. */
function reserve(movements: DemoMovement[], random: Random): DemoShop['reservations'] {
  const ledger = new DemoLedger();
  movements.forEach((movement) => ledger.post(movement));
  const skus = [...new Set(movements.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
  const available = skus.filter((sku) => ledger.onHand(sku, 'SHOP') > 0);
  const take = () => ({ sku: available.splice(random.int(0, available.length - 1), 1)[0]!, quantity: 1 });
  return Array.from({ length: 6 }, (_, n) => ({
    reference: `WEB-${4101 + n}`,
    hours: random.int(20, 160),
    lines: n % 2 === 0 ? [take()] : [take(), take()],
  }));
}

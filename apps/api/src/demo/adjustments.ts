import type { DemoLedger, DemoMovement } from './demo-ledger.ts';
import type { DemoItem } from './items.ts';
import type { Random } from './random.ts';

const LOSSES = ['Damaged in transit', 'Box crushed', 'Worn display piece', 'Stolen', 'Torn packaging'];
const FINDS = ['Found behind the shelf', 'Came back without a receipt'];

/** Counts some of the shop's shelves. Most are right; now and then one is missing, or one too many. */
export function countStock(ledger: DemoLedger, items: DemoItem[], at: Date, random: Random): void {
  const lines = items.map(({ sku }) => {
    const difference = random.chance(0.12) ? random.pick([-2, -1, -1, 1]) : 0;
    return { sku, location: 'SHOP', delta: Math.max(difference, -ledger.onHand(sku, 'SHOP')) };
  });
  ledger.post({ type: 'count', at, reference: ledger.nextNumber('COUNT'), lines });
}

/** Writes off what was found broken or missing, or takes in what turned up. */
export function adjustStock(ledger: DemoLedger, items: DemoItem[], at: Date, random: Random): void {
  const { sku } = random.pick(items);
  const location = random.pick(['SHOP', 'SHOP', 'MAIN']);
  const isFind = random.chance(0.2);
  if (!isFind && ledger.onHand(sku, location) === 0) return;
  const line = { sku, location, delta: isFind ? 1 : -1, reason: random.pick(isFind ? FINDS : LOSSES) };
  ledger.post({ type: 'adjustment', at, reference: null, lines: [line] });
}

/** Undoes a sale that was rung up twice. */
export function reverseSale(ledger: DemoLedger, sale: DemoMovement, at: Date): void {
  const lines = sale.lines.map((line) => ({ ...line, delta: -line.delta }));
  ledger.post({ type: 'reversal', at, reference: sale.reference, note: 'Rung up twice', reverses: sale, lines });
}

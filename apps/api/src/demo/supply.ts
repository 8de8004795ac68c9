import type { DemoLedger, DemoLine } from './demo-ledger.ts';
import type { DemoItem } from './items.ts';
import type { Random } from './random.ts';

const PLACES = ['MAIN', 'SHOP', 'VAN'];
/** The most lines that a movement has. */
const MOST = 500;

/** What was ordered from suppliers and has not come yet. */
export class PurchaseOrders {
  private readonly open: { due: Date; supplier: string; lines: DemoLine[] }[] = [];

  constructor(
    private readonly ledger: DemoLedger,
    private readonly random: Random,
  ) {}

  /** Orders what has fallen to its reorder point, enough for three months; one order a supplier. */
  place(items: DemoItem[], at: Date): void {
    const low = items.filter((item) => this.expected(item.sku) <= (item.reorderPoint ?? -1));
    for (const [supplier, wanted] of Map.groupBy(low, (item) => item.supplier)) {
      const due = new Date(at.getTime() + this.random.int(5, 16) * 86_400_000);
      const lines = wanted.map(({ sku, weekly, reorderPoint }) => ({
        sku,
        location: 'MAIN',
        delta: roundUp(reorderPoint! + Math.ceil(weekly * 12) + 4 - this.expected(sku)),
      }));
      this.open.push({ due, supplier, lines });
    }
  }

  /** Receives what is due. */
  receive(at: Date): void {
    for (const order of this.open.filter(({ due }) => due <= at)) {
      this.open.splice(this.open.indexOf(order), 1);
      const { supplier, lines } = order;
      this.ledger.post({ type: 'receipt', at, reference: this.ledger.nextNumber('PO'), note: supplier, lines });
    }
  }

  private expected(sku: string): number {
    const coming = this.open.flatMap(({ lines }) => lines).filter((line) => line.sku === sku);
    return this.ledger.onHand(sku, ...PLACES) + coming.reduce((sum, { delta }) => sum + delta, 0);
  }
}

/** Small quantities as they are, larger ones by the five. */
const roundUp = (quantity: number) => (quantity <= 4 ? quantity : Math.ceil(quantity / 5) * 5);

/** What the shop had on its first day. */
export function receiveOpeningStock(ledger: DemoLedger, items: DemoItem[], at: Date): void {
  for (const [supplier, theirs] of Map.groupBy(items, (item) => item.supplier)) {
    const lines = theirs.map(({ sku, weekly, reorderPoint }) => ({
      sku,
      location: 'MAIN',
      delta: roundUp((reorderPoint ?? 0) + Math.ceil(weekly * 12) + 4),
    }));
    ledger.post({ type: 'receipt', at, reference: 'OPENING', note: `Opening stock, ${supplier}`, lines });
  }
}

/** Brings each item at `to` up to what it sells in `weeks`, but four at least, as far as MAIN has it, once half of that is gone. */
export function replenish(ledger: DemoLedger, items: DemoItem[], to: string, at: Date, weeks: number): void {
  const lines = items.flatMap(({ sku, weekly }) => {
    const target = Math.max(4, Math.ceil(weekly * weeks));
    const there = ledger.onHand(sku, to);
    const quantity = there > target / 2 ? 0 : Math.min(target - there, ledger.onHand(sku, 'MAIN'));
    return quantity > 0
      ? [
          { sku, location: 'MAIN', delta: -quantity },
          { sku, location: to, delta: quantity },
        ]
      : [];
  });
  for (let from = 0; from < lines.length; from += MOST)
    ledger.post({ type: 'transfer', at, reference: ledger.nextNumber('TO'), lines: lines.slice(from, from + MOST) });
}

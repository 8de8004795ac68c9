import type { MovementType } from '#contracts';

export interface DemoLine {
  sku: string;
  /** The code. */
  location: string;
  delta: number;
  reason?: string;
}

export interface DemoMovement {
  type: MovementType;
  at: Date;
  reference: string | null;
  note?: string;
  reverses?: DemoMovement;
  lines: DemoLine[];
}

/** What the invented shop has booked so far, and what is therefore on hand. */
export class DemoLedger {
  readonly movements: DemoMovement[] = [];
  private readonly levels = new Map<string, number>();
  private readonly numbers = new Map<string, number>();

  onHand(sku: string, ...locations: string[]): number {
    return locations.reduce((sum, location) => sum + (this.levels.get(`${sku}\n${location}`) ?? 0), 0);
  }

  /** A movement with no lines did not happen. */
  post(movement: DemoMovement): DemoMovement {
    if (movement.lines.length === 0) return movement;
    this.movements.push(movement);
    for (const { sku, location, delta } of movement.lines)
      this.levels.set(`${sku}\n${location}`, this.onHand(sku, location) + delta);
    return movement;
  }

  /** The next number of a kind of document, such as PO-1001. */
  nextNumber(kind: string): string {
    const next = (this.numbers.get(kind) ?? 1000) + 1;
    this.numbers.set(kind, next);
    return `${kind}-${next}`;
  }
}

import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { MAX_ON_HAND } from './ledger/compute-entries.ts';
import { LevelRepository } from './levels/level.repository.ts';
import { MovementRepository } from './movements/movement.repository.ts';

export interface OpeningReceipt {
  reference: string;
  actorId: string;
  /** One line of the ledger each, in order. */
  lines: { itemId: string; locationId: string; quantity: number }[];
}

/** Receives stock of thousands of items at once, levels that do not exist yet among them. */
@Injectable()
export class OpeningStock {
  constructor(
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
  ) {}

  /**
   * Books one receipt. The caller's transaction holds the items and the locations, so that none is archived meanwhile;
   * the levels are locked here, in the one order.
   * @throws Problem `conflict` past the largest level
   */
  async receive(tx: Queryable, { reference, actorId, lines }: OpeningReceipt): Promise<void> {
    if (lines.length === 0) return;
    // What each level comes to after the lines so far: first its end, then back to its beginning, then forward again.
    const running = new Map<string, number>();
    for (const { itemId, locationId, onHand } of await this.levels.receive(tx, lines)) {
      if (Number(onHand) > MAX_ON_HAND)
        throw new Problem('conflict', `No more than ${MAX_ON_HAND} of an item can be at one location.`);
      running.set(itemId + locationId, Number(onHand));
    }
    const add = ({ itemId, locationId }: OpeningReceipt['lines'][number], quantity: number): number => {
      const onHand = running.get(itemId + locationId)! + quantity;
      running.set(itemId + locationId, onHand);
      return onHand;
    };
    for (const line of lines) add(line, -line.quantity);
    const entries = lines.map((line) => ({
      level: { item: { id: line.itemId }, location: { id: line.locationId } },
      delta: line.quantity,
      onHandAfter: add(line, line.quantity),
      reason: null,
    }));
    const heading = { id: randomUUIDv7(), type: 'receipt' as const, reference, note: null, reverses: null, actorId };
    await this.movements.insert(tx, [{ ...heading, entries }]);
  }
}

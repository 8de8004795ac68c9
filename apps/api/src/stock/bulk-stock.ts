import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { MAX_ON_HAND } from './ledger/compute-entries.ts';
import { LevelRepository } from './levels/level.repository.ts';
import { MovementRepository } from './movements/movement.repository.ts';

export interface StockKey {
  itemId: string;
  locationId: string;
}

export interface StockLevel {
  onHand: number;
  /** Whether the ledger has a line of it. */
  hasMovements: boolean;
}

/** One line of the ledger each, in order. */
export interface BulkMovement {
  type: 'receipt' | 'count' | 'adjustment';
  reference: string;
  note?: string | null;
  actorId: string;
  reason?: string | null;
  lines: (StockKey & { delta: number; onHandAfter: number })[];
}

/**
 * Books stock of thousands of items at once, levels that do not exist yet among them. The caller's transaction holds the
 * items and the locations, so that none is archived meanwhile; the levels are locked here, in the one order.
 */
@Injectable()
export class BulkStock {
  constructor(
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
  ) {}

  /**
   * Levels, locked, those that are missing made.
   * @param ownMovements movements that do not count for `hasMovements`
   */
  async lock(tx: Queryable, keys: StockKey[], ownMovements: string[]): Promise<(StockKey & StockLevel)[]> {
    if (keys.length === 0) return [];
    await this.levels.lockAll(tx, keys);
    return this.levels.findAll(tx, keys, ownMovements);
  }

  /** The same without a lock, and without making any. */
  async find(tx: Queryable, keys: StockKey[], ownMovements: string[]): Promise<(StockKey & StockLevel)[]> {
    return keys.length === 0 ? [] : this.levels.findAll(tx, keys, ownMovements);
  }

  /** All levels of these items, locked, with what these movements changed them by, and whether others came after. */
  lockOf(tx: Queryable, itemIds: string[], movementIds: string[]) {
    return this.levels.lockOf(tx, itemIds, movementIds);
  }

  removeEmpty(tx: Queryable, itemIds: string[]): Promise<void> {
    return this.levels.removeEmpty(tx, itemIds);
  }

  /**
   * Books a movement whose every line names what is on hand after it. The levels of items that were there are locked.
   * @returns its id
   * @throws Problem `conflict` past the largest level
   */
  async post(tx: Queryable, { lines, reason = null, note = null, ...heading }: BulkMovement): Promise<string> {
    if (lines.some(({ onHandAfter }) => onHandAfter > MAX_ON_HAND))
      throw new Problem('conflict', `No more than ${MAX_ON_HAND} of an item can be at one location.`);
    await this.levels.put(tx, lines);
    const entries = lines.map(({ itemId, locationId, delta, onHandAfter }) => ({
      level: { item: { id: itemId }, location: { id: locationId } },
      delta,
      onHandAfter,
      reason,
    }));
    const id = randomUUIDv7();
    await this.movements.insert(tx, [{ ...heading, id, note, reverses: null, entries }]);
    return id;
  }
}

import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MovementType } from '#contracts';
import type { Queryable } from '../../database/database.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { stockKeyOf, type Levels } from '../levels/level.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { computeEntries, applyEntries } from './compute-entries.ts';
import { addEmptyLevels } from './empty-levels.ts';
import type { StockKey, Posting } from './posting.ts';

/** A movement that follows from something else: a reservation that is committed, a movement that is undone. */
export interface DerivedMovement {
  type: MovementType;
  reference: string | null;
  note: string | null;
  reverses: string | null;
  actorId: string;
  postings: Posting[];
}

/** Books within a transaction of the caller's, by the same rules as the ledger's own batches. */
@Injectable()
export class MovementWriter {
  constructor(
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
  ) {}

  /** Locks the levels of these places; those that have none count as empty. @throws Problem as `addMissing` */
  async lock(tx: Queryable, places: Posting[]): Promise<Levels> {
    const levels = await this.levels.lock(tx, places);
    levels.subtractOverdue((await this.levels.nowAndOverdue(tx)).overdue);
    const missing: StockKey[] = places.filter((place) => !levels.get(place));
    if (missing.length > 0) {
      const resolved = await this.levels.resolve(tx, missing);
      addEmptyLevels(places, levels, new Map(missing.map((place, n) => [stockKeyOf(place), resolved[n]!])));
    }
    return levels;
  }

  /** @returns the movement's id. @throws Problem `insufficient-stock`, and what `lock` throws */
  async write(tx: Queryable, { postings, ...heading }: DerivedMovement, levels?: Levels): Promise<string> {
    const entries = computeEntries(postings, levels ?? (await this.lock(tx, postings)));
    applyEntries(entries);
    const id = randomUUIDv7();
    await this.movements.insert(tx, [{ id, ...heading, entries }]);
    await this.levels.saveOnHand(tx, [...new Set(entries.map(({ level }) => level))]);
    return id;
  }
}

import { Injectable } from '@nestjs/common';
import type { CommitReservation, CreateReservation, ListReservations, UpdateReservation } from '#contracts';
import { Database } from '../../database/database.ts';
import type { Context } from '../../http/context.ts';
import { type JsonResponse, ok } from '../../http/json-response.ts';
import { Ledger } from '../ledger/ledger.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { commitReservation } from './commit-reservation.ts';
import { noReservation } from './held-reservation.ts';
import { holdStock } from './hold-stock.ts';
import { ReservationRepository } from './reservation.repository.ts';
import { releaseReservation, updateReservation } from './update-reservation.ts';

/**
 * Stock promised for a while. A reservation is protected by the locks of the levels of its lines, which only become fewer:
 * it is read, and changed, by a transaction that holds them all.
 */
@Injectable()
export class ReservationService {
  constructor(
    private readonly reservations: ReservationRepository,
    private readonly levels: LevelRepository,
    private readonly ledger: Ledger,
    private readonly database: Database,
  ) {}

  /** Holds all lines, or none. @throws Problem as `Ledger.write` */
  async create(context: Context, reservation: CreateReservation): Promise<JsonResponse> {
    const { lines } = reservation;
    const unlocated = lines.flatMap(({ item, location }) => (location === undefined ? [item] : []));
    const found = (await this.levels.findLocations(unlocated)).values();
    const allocatable = lines.map((line) => ({ line, item: line.location === undefined ? found.next().value : undefined })); // prettier-ignore
    return this.ledger.write(context, holdStock(context, reservation, allocatable));
  }

  list(query: ListReservations): Promise<string> {
    return this.reservations.list(query);
  }

  async get(id: string): Promise<JsonResponse> {
    return ok((await this.reservations.find(id)) ?? noReservation(id));
  }

  /** @throws Problem `conflict` where it has ended already, `precondition-failed` */
  async update(context: Context, id: string, changes: UpdateReservation): Promise<JsonResponse> {
    return this.ledger.write(context, updateReservation(context, id, await this.reservations.linesOf([id]), changes));
  }

  /**
   * Issues what is held, or less of it, in one movement, which is the response. What is not issued is released, or stays held.
   * @throws Problem `conflict` where it has ended already
   */
  async commit(context: Context, id: string, commit: CommitReservation): Promise<JsonResponse> {
    return this.ledger.write(context, commitReservation(context, id, await this.reservations.linesOf([id]), commit));
  }

  /** Gives back what is held. @throws Problem `conflict` where it has ended already */
  async release(context: Context, id: string): Promise<JsonResponse> {
    return this.ledger.write(context, releaseReservation(context, id, await this.reservations.linesOf([id])));
  }

  /** Ends up to `limit` reservations whose time is over. @returns how many */
  async expire(limit = 100): Promise<number> {
    const ids = await this.reservations.findOverdue(limit);
    if (ids.length === 0) return 0;
    const lines = await this.reservations.linesOf(ids);
    const places = lines.map(({ itemId, locationId }) => ({ item: itemId, location: locationId }));
    return this.database.transaction(async (tx) => {
      await this.levels.lock(tx, places);
      const expired = await this.reservations.expire(tx, ids);
      const released = await this.reservations.linesOf(expired, tx);
      if (released.length > 0)
        await this.levels.addReserved(tx, released.map((line) => ({ ...line, quantity: -line.quantity }))); // prettier-ignore
      return expired.length;
    });
  }
}

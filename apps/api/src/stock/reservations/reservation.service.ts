import { Injectable } from '@nestjs/common';
import type { CreateReservation, ListReservations } from '#contracts';
import { Problem } from '#service';
import { Database, type Queryable } from '../../database/database.ts';
import { JsonResponse, created, ok, type Resource } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { Idempotency } from '../../http/idempotency.ts';
import { insufficientStock, levelReference } from '../ledger/compute-entries.ts';
import { MovementWriter } from '../ledger/movement-writer.ts';
import type { Posting } from '../ledger/posting.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import type { Level } from '../levels/level.ts';
import { MovementRepository } from '../movements/movement.repository.ts';
import { type HeldLine, type HeldReservation, ReservationRepository } from './reservation.repository.ts';

const DEFAULT_TTL_SECONDS = 900;

/** Stock promised for a while. Locks are taken in one order: the reservation, then its levels. */
@Injectable()
export class ReservationService {
  constructor(
    private readonly reservations: ReservationRepository,
    private readonly levels: LevelRepository,
    private readonly movements: MovementRepository,
    private readonly booking: MovementWriter,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  /** Holds all lines, or none. @throws Problem `insufficient-stock`, `invalid-fields`, `conflict` */
  create(
    context: Context,
    { reference = null, ttlSeconds = DEFAULT_TTL_SECONDS, lines }: CreateReservation,
  ): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const postings = lines.map((line, n) => postingOf(line, n));
      const levels = await this.booking.lock(tx, postings);
      const promised = postings.map((posting, n) => ({
        line: n,
        level: levels.get(posting)!,
        quantity: lines[n]!.quantity,
      }));
      checkAvailable(promised);
      await this.levels.addReserved(tx, promised.map(({ level, quantity }) => ({ itemId: level.item.id, locationId: level.location.id, quantity }))); // prettier-ignore
      const id = await this.reservations.insert(tx, {
        reference,
        ttlSeconds,
        actorId: context.caller.actorId,
        lines: promised,
      });
      return created(await this.findOrFail(id, tx), `${context.path}/${id}`);
    });
  }

  list(query: ListReservations): Promise<string> {
    return this.reservations.list(query);
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  /** Issues what is held, in one movement, and answers with it. @throws Problem `conflict` where it has ended already */
  commit(context: Context, id: string): Promise<JsonResponse> {
    return this.end(context, id, async (tx, { reference }, lines) => {
      // Promised and on hand is enough, even where a count found less than was promised to all.
      const postings = lines.map((line, n) =>
        postingOf({ item: line.itemId, location: line.locationId, quantity: line.quantity }, n, 'zero'),
      );
      const { actorId } = context.caller;
      const movement = await this.booking.write(tx, {
        type: 'issue',
        reference,
        note: null,
        reverses: null,
        actorId,
        postings,
      });
      await this.reservations.end(tx, [id], 'committed', movement);
      const resource = (await this.movements.find(movement, tx))!;
      return created(resource, `${context.path.replace(/\/reservations\/.*$/, '')}/movements/${movement}`);
    });
  }

  /** Gives back what is held. @throws Problem `conflict` where it has ended already */
  release(context: Context, id: string): Promise<JsonResponse> {
    return this.end(context, id, async (tx) => {
      await this.reservations.end(tx, [id], 'released');
      return ok(await this.findOrFail(id, tx));
    });
  }

  /** Ends up to `limit` reservations whose time is over. @returns how many */
  expire(limit = 100): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ids = (await this.reservations.lockOverdue(tx, limit)).map(({ id }) => id);
      if (ids.length > 0) await this.subtractReserved(tx, await this.reservations.linesOf(tx, ids));
      if (ids.length > 0) await this.reservations.end(tx, ids, 'expired');
      return ids.length;
    });
  }

  /** Takes the lines off what is reserved, then does what this way of ending does. A second caller is told how it ended. */
  private end(
    context: Context,
    id: string,
    effect: (tx: Queryable, reservation: HeldReservation, lines: HeldLine[]) => Promise<JsonResponse>,
  ): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const reservation = (await this.reservations.lock(tx, id)) ?? notFound(id);
      if (reservation.state !== 'held') throw alreadyEnded(reservation.state);
      const lines = await this.reservations.linesOf(tx, [id]);
      await this.subtractReserved(tx, lines);
      // Checked while the levels are locked: a request that counted it as overdue before has taken its stock by now.
      if (await this.reservations.isOverdue(tx, id)) throw alreadyEnded('expired');
      return effect(tx, reservation, lines);
    });
  }

  private async subtractReserved(tx: Queryable, lines: HeldLine[]): Promise<void> {
    await this.levels.lock(
      tx,
      lines.map(({ itemId, locationId }) => ({ item: itemId, location: locationId })),
    );
    await this.levels.addReserved(
      tx,
      lines.map((line) => ({ ...line, quantity: -line.quantity })),
    );
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    return (await this.reservations.find(id, db)) ?? notFound(id);
  }
}

const postingOf = ({ item, location, quantity }: { item: Posting['item']; location: Posting['location']; quantity: number }, line: number, floor: Posting['floor'] = 'reserved'): Posting => ({
  item, location, line, fields: { item: 'item', location: 'location' }, change: { delta: -quantity }, floor,
  expectedOnHand: undefined, reason: null,
}); // prettier-ignore

/** Each line is evaluated on what those before it leave. */
function checkAvailable(lines: { line: number; level: Level; quantity: number }[]): void {
  const short: object[] = [];
  const promised = new Map<Level, number>();
  for (const { line, level, quantity } of lines) {
    const available = level.onHand - level.reserved - (promised.get(level) ?? 0);
    if (quantity > available)
      short.push({ line, ...levelReference(level), requested: quantity, available: Math.max(available, 0) });
    else promised.set(level, (promised.get(level) ?? 0) + quantity);
  }
  if (short.length > 0) throw insufficientStock(short);
}

const alreadyEnded = (state: string): Problem =>
  new Problem('conflict', `This reservation was ${state} already.`, { extensions: { state } });

function notFound(id: string): never {
  throw new Problem('not-found', `There is no reservation ${id}.`);
}

import { Injectable } from '@nestjs/common';
import type { ListMovements, MovementInput, ReverseMovement } from '#contracts';
import { Problem } from '#service';
import { Database, type Queryable, violatedConstraint } from '../../database/database.ts';
import { type JsonResponse, created, ok, type Resource } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { Idempotency } from '../../http/idempotency.ts';
import { MovementWriter } from '../ledger/movement-writer.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Posting } from '../ledger/posting.ts';
import { LevelRepository } from '../levels/level.repository.ts';
import { MovementRepository } from './movement.repository.ts';

@Injectable()
export class MovementService {
  constructor(
    private readonly ledger: Ledger,
    private readonly booking: MovementWriter,
    private readonly movements: MovementRepository,
    private readonly levels: LevelRepository,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  post(context: Context, movement: MovementInput): Promise<JsonResponse> {
    return this.ledger.post(context, movement);
  }

  list(query: ListMovements): Promise<string> {
    return this.movements.list(query);
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  /** Undoes a movement by its opposite. What it brought in must still be available. */
  async reverse(
    context: Context,
    id: string,
    { reference = null, note = null }: ReverseMovement,
  ): Promise<JsonResponse> {
    await this.reopenLevels(id);
    return this.idempotency.once(context, async (tx) => {
      const { seq, type, reversed } = (await this.movements.findHeader(tx, id)) ?? notFound(id);
      if (type === 'reversal') throw new Problem('conflict', 'A reversal cannot be reversed; post the movement again.');
      if (reversed) throw alreadyReversed();
      const postings = (await this.movements.linesOf(tx, seq)).map(opposite);
      const actorId = context.caller.actorId;
      const reversal = await this.booking
        .write(tx, { type: 'reversal', reference, note, reverses: seq, actorId, postings })
        .catch((error: unknown) => {
          throw violatedConstraint(error) === 'movement_reversed_once' ? alreadyReversed() : error;
        });
      return created(
        await this.findOrFail(reversal, tx),
        `${context.path.replace(/\/[^/]+\/reverse$/, '')}/${reversal}`,
      );
    });
  }

  /** An item that was archived and restored since has no levels. They are made before anything is locked. */
  private async reopenLevels(id: string): Promise<void> {
    const head = await this.movements.findHeader(this.database, id);
    const lines = head ? await this.movements.linesOf(this.database, head.seq) : [];
    await this.levels.createLevels(lines);
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    return (await this.movements.find(id, db)) ?? notFound(id);
  }
}

const opposite = ({ itemId, locationId, delta, reason }: { itemId: string; locationId: string; delta: string; reason: string | null }, line: number): Posting => ({
  item: itemId,
  location: locationId,
  line,
  fields: { item: 'item', location: 'location' },
  change: { delta: -Number(delta) },
  floor: 'reserved',
  expectedOnHand: undefined,
  reason,
}); // prettier-ignore

const alreadyReversed = () => new Problem('conflict', 'This movement was reversed already.');

function notFound(id: string): never {
  throw new Problem('not-found', `There is no movement ${id}.`);
}

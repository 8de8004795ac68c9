import { randomUUIDv7 } from 'node:crypto';
import type { ReverseMovement } from '#contracts';
import { Problem } from '#service';
import type { Context } from '../../http/context.ts';
import { computeEntries } from '../ledger/compute-entries.ts';
import { movementResponse } from '../ledger/movement-response.ts';
import { posting } from '../ledger/posting.ts';
import type { StockWrite } from '../ledger/stock-write.ts';
import type { StoredLine } from './movement.repository.ts';

/**
 * The opposite of a movement. What it brought in must still be available.
 * @param lines of the movement; none where there is no such movement
 */
export function reverseMovement(
  context: Context,
  id: string,
  lines: StoredLine[],
  { reference = null, note = null }: ReverseMovement,
): StockWrite {
  const postings = lines.map(({ itemId, locationId, delta, reason }, n) =>
    posting(n, { item: itemId, location: locationId }, { delta: -delta }, { reason }),
  );
  return {
    postings,
    reversedId: id,
    check: ({ movements }) => {
      const { type, isReversed } = movements.get(id) ?? noMovement(id);
      if (type === 'reversal') throw new Problem('conflict', 'A reversal cannot be reversed; post the movement again.');
      if (isReversed) throw new Problem('conflict', 'This movement was reversed already.');
    },
    plan: (levels, { now, movements }) => {
      const entries = computeEntries(postings, levels);
      const { seq: reverses } = movements.get(id) ?? noMovement(id);
      const { actorId } = context.caller;
      const movement = { id: randomUUIDv7(), type: 'reversal' as const, reference, note, reverses, actorId, entries };
      return { movement, response: movementResponse(context, movement, { createdAt: now, reverses: id }) };
    },
  };
}

/** @throws Problem `not-found` */
export function noMovement(id: string): never {
  throw new Problem('not-found', `There is no movement ${id}.`);
}

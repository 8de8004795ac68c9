import { randomUUIDv7 } from 'node:crypto';
import type { MovementInput } from '#contracts';
import type { Context } from '../../http/context.ts';
import { computeEntries } from '../ledger/compute-entries.ts';
import { refuseSameLocation } from '../ledger/empty-levels.ts';
import { movementResponse } from '../ledger/movement-response.ts';
import { postingsOf } from '../ledger/posting.ts';
import type { StockWrite } from '../ledger/stock-write.ts';

/** A movement as a caller posts it. */
export function postMovement(context: Context, movement: MovementInput): StockWrite {
  const postings = postingsOf(movement);
  const { type, reference = null, note = null } = movement;
  return {
    postings,
    plan: (levels, { now }) => {
      refuseSameLocation(postings, levels);
      const entries = computeEntries(postings, levels);
      const { actorId } = context.caller;
      const written = { id: randomUUIDv7(), type, reference, note, reverses: null, actorId, entries };
      return { movement: written, response: movementResponse(context, written, { createdAt: now }) };
    },
  };
}

import type { Movement } from '#contracts';
import { JsonResponse } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { etagOfText } from '../../http/etag.ts';
import type { NewMovement } from '../movements/movement.repository.ts';

/**
 * The response to a movement that is about to be committed: the same text that PostgreSQL will build for it later.
 * @param reverses the id of the movement that it undoes
 */
export function movementResponse(
  { caller, path }: Context,
  { id, type, reference, note, entries }: NewMovement,
  { createdAt, reverses = null }: { createdAt: string; reverses?: string | null },
): JsonResponse {
  const movement: Movement = {
    id,
    type,
    reference,
    note,
    reverses,
    reversedBy: null,
    createdBy: { id: caller.actorId, kind: caller.kind, name: caller.name },
    createdAt,
    lineCount: entries.length,
    lines: entries.map(({ level, delta, onHandAfter, reason }) => ({
      item: level.item,
      location: level.location,
      delta,
      onHandAfter,
      reason,
    })),
  };
  const body = JSON.stringify(movement);
  const location = `${path.replace(/\/(movements|reservations)(\/.*)?$/, '/movements')}/${id}`;
  return new JsonResponse(201, body, { etag: etagOfText(body), location });
}

import type { Movement, MovementType } from '#contracts';
import { JsonResponse } from '../../http/json-response.ts';
import type { Context } from '../../http/context.ts';
import { etagOfText } from '../../http/etag.ts';
import type { Entry } from './compute-entries.ts';

/** What a movement says of itself, before its lines. */
interface MovementHeader {
  id: string;
  type: MovementType;
  reference?: string | null;
  note?: string | null;
  createdAt: string;
}

/** The answer to a movement that is about to be committed: the same text that PostgreSQL will build for it later. */
export function movementResponse(
  { caller, path }: Context,
  { id, type, reference = null, note = null, createdAt }: MovementHeader,
  entries: Entry[],
): JsonResponse {
  const movement: Movement = {
    id,
    type,
    reference,
    note,
    reverses: null,
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
  return new JsonResponse(201, body, { etag: etagOfText(body), location: `${path}/${id}` });
}

import { Problem } from '#service';

/** A place in the feed: after the event that is the nth of all, which has this number of its own. */
export interface EventCursor {
  position: bigint;
  seq: bigint;
}

const CURSOR = /^(0|[1-9]\d{0,17})-(0|[1-9]\d{0,17})$/;

export const formatCursor = ({ position, seq }: EventCursor): string => `${position}-${seq}`;

/** @throws Problem `invalid-parameters` */
export function parseCursor(text: string, pointer: string): EventCursor {
  const [, position, seq] = CURSOR.exec(text) ?? [];
  if (position === undefined || seq === undefined)
    throw new Problem('invalid-parameters', 'The cursor is not one that this feed gave.', {
      errors: [{ pointer, detail: 'must be nextCursor of a page of events, the id of an event, or latest' }],
    });
  return { position: BigInt(position), seq: BigInt(seq) };
}

export const cursorExpired = (): Problem =>
  new Problem(
    'cursor-expired',
    'The events after this cursor are no longer kept. Take nextCursor of GET /api/v1/events?after=latest, read what you follow as a whole, and go on from that cursor.',
  );

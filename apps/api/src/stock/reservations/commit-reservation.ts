import { randomUUIDv7 } from 'node:crypto';
import type { CommitLine, CommitReservation, ItemReference, LocationReference } from '#contracts';
import { InputErrors } from '#service';
import type { Context } from '../../http/context.ts';
import { computeEntries, type Entry } from '../ledger/compute-entries.ts';
import { movementResponse } from '../ledger/movement-response.ts';
import type { Posting } from '../ledger/posting.ts';
import type { StockWrite } from '../ledger/stock-write.ts';
import type { Level } from '../levels/level.ts';
import { heldReservation, issueOf, type LockedLine } from './held-reservation.ts';
import type { HeldLine } from './reservation.repository.ts';

/**
 * Issues what a reservation holds, in one movement. What of it is not issued is given back, or with `keepRest` stays held.
 * @param lines as `heldReservation`
 */
export function commitReservation(
  context: Context,
  id: string,
  lines: HeldLine[],
  { lines: wanted, keepRest = false }: CommitReservation,
): StockWrite {
  return heldReservation(id, lines, (reservation, held, { levels, now, clock }) => {
    const issued = wanted ? issuedPart(held, wanted) : held.map((line, n) => issueOf(n, line));
    const entries = computeEntries(issued, levels);
    const { actorId } = context.caller;
    const { reference, version } = reservation;
    const movement = { id: randomUUIDv7(), type: 'issue' as const, reference, note: null, reverses: null, actorId, entries }; // prettier-ignore
    const changed = { ...reservation, movementId: movement.id, version: version + 1, actorId };
    const reduced = reducedLines(held, entries);
    const rest = held.map((line) => reduced.find(({ lineNo }) => lineNo === line.lineNo) ?? line).filter(({ quantity }) => quantity > 0); // prettier-ignore
    const response = movementResponse(context, movement, { createdAt: now });
    if (keepRest && rest.length > 0)
      return { movement, change: { ...changed, lines: rest, reduced }, reserved: entries, response };
    return {
      movement,
      change: { ...changed, state: 'committed', endedAt: clock },
      reserved: held.map(({ level, quantity }) => ({ level, delta: -quantity })),
      response,
    };
  });
}

/** The postings of a commit that issues less than is held. @throws Problem `invalid-fields` for what is not held */
function issuedPart(held: LockedLine[], wanted: CommitLine[]): Posting[] {
  const errors = new InputErrors();
  const left = new Map<Level, number>();
  for (const { level, quantity } of held) left.set(level, (left.get(level) ?? 0) + quantity);
  const postings = wanted.map(({ item, location, quantity }, n) => {
    const level = [...left.keys()].find((one) => isNamed(one.item, item) && isNamed(one.location, location));
    const available = level ? left.get(level)! : 0;
    if (!level) errors.add(`/lines/${n}/item`, 'is not held by this reservation at this location');
    else if (available < quantity) errors.add(`/lines/${n}/quantity`, `must be at most ${available}: no more is held`);
    else left.set(level, available - quantity);
    return issueOf(n, { itemId: level?.item.id ?? '', locationId: level?.location.id ?? '', quantity });
  });
  if (errors.any) throw errors.toProblem('invalid-fields');
  return postings;
}

/** The lines that what is issued is taken from, in order, each with what is left of it. */
function reducedLines(held: LockedLine[], entries: Entry[]): LockedLine[] {
  const issued = new Map<Level, number>();
  for (const { level, delta } of entries) issued.set(level, (issued.get(level) ?? 0) - delta);
  return held.flatMap((line) => {
    const part = Math.min(line.quantity, issued.get(line.level) ?? 0);
    issued.set(line.level, (issued.get(line.level) ?? 0) - part);
    return part > 0 ? [{ ...line, quantity: line.quantity - part }] : [];
  });
}

/** Whether a reference of the request names this item or location. */
function isNamed(
  named: { id: string } & ({ sku: string } | { code: string }),
  reference: ItemReference | LocationReference,
): boolean {
  // prettier-ignore
  if (typeof reference === 'string') return reference.toLowerCase() === named.id;
  const code = 'sku' in named ? named.sku : named.code;
  return foldedCode('sku' in reference ? reference.sku : reference.code) === foldedCode(code);
}

/** As the database's `fold_text` compares codes; upper case first, which writes out ligatures and the German ß. */
const foldedCode = (code: string): string => code.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replaceAll('ς', 'σ'); // prettier-ignore

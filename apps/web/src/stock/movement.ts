import { responseData, api, type Schema } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import type { Item } from '../catalog/items.ts';

/** What can be done with one item from its own page. */
export const MOVEMENT_KINDS = ['receipt', 'issue', 'transfer', 'count'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export interface MovementValues {
  /** Location ids. */
  location: string;
  to: string;
  quantity: number;
  reference: string;
  note: string;
}

/** Whose answers a movement may change. */
export const AFFECTED_BY_MOVEMENT = [
  ['items'],
  ['stock'],
  ['movements'],
  ['history'],
  ['reservations'],
  ['reports'],
] as const;

/** Whatever may be posted. */
export type MovementBody =
  | Schema['CreateReceipt']
  | Schema['CreateIssue']
  | Schema['CreateTransfer']
  | Schema['CreateAdjustment']
  | Schema['CreateCount'];

/** @param expectedOnHand of a count: the level that the person saw, undefined where any will do */
export function movementBody(
  kind: MovementKind,
  item: Item,
  values: MovementValues,
  expectedOnHand?: number,
): MovementBody {
  const { location, to, quantity } = values;
  const heading = { reference: values.reference.trim() || null, note: values.note.trim() || null };
  switch (kind) {
    case 'receipt':
    case 'issue':
      return { ...heading, type: kind, lines: [{ item: item.id, location, quantity }] };
    case 'transfer':
      return { ...heading, type: kind, lines: [{ item: item.id, from: location, to, quantity }] };
    case 'count':
      return {
        ...heading,
        type: kind,
        lines: [
          { item: item.id, location, counted: quantity, ...(expectedOnHand !== undefined && { expectedOnHand }) },
        ],
      };
  }
}

export const postMovement = (body: MovementBody, header: { 'Idempotency-Key': string }): Promise<Schema['Movement']> =>
  responseData(api.POST('/api/v1/movements', { params: { header }, body }));

/** Posts the opposite of a movement. @param note why, for the people who read the ledger later */
export const reverseMovement = (
  id: string,
  note: string,
  header: { 'Idempotency-Key': string },
): Promise<Schema['Movement']> =>
  responseData(api.POST('/api/v1/movements/{id}/reverse', { params: { path: { id }, header }, body: { note } }));

interface ProblemLine {
  /** Its number in the movement, from 0. */
  line: number;
  requested?: number;
  available?: number;
  onHand?: number;
}

/** The lines that a problem names: of `insufficient-stock` what is available, of `unexpected-level` what is there. */
export const problemLines = (error: Error | null): ProblemLine[] =>
  error instanceof ApiProblem && Array.isArray(error.body.lines) ? (error.body.lines as ProblemLine[]) : [];

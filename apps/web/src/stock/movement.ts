import { responseData, api, type Schema } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

/** What can be done with one item from its own page. */
export const MOVEMENT_KINDS = ['receipt', 'issue', 'transfer', 'count'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** Queries whose results a movement may change. */
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

export type MovementType = MovementBody['type'];
export const MOVEMENT_TYPES: readonly MovementType[] = ['receipt', 'issue', 'transfer', 'adjustment', 'count'];

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

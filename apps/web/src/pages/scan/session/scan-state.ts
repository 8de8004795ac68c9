import { newKey } from '../../../api/new-key.ts';
import { isLargeDifference } from '../../../stock/large-difference.ts';
import type { MovementBody } from '../../../stock/movement.ts';
import {
  counted,
  type NumberRule,
  quantity as positive,
  reasonOf,
  valueOf,
} from '../../../components/number-field/parse-number.ts';
import type { ItemName } from '../../../stock/item-picker.tsx';

export const MODES = ['count', 'receive', 'ship', 'move'] as const;
export type Mode = (typeof MODES)[number];
/** As many lines as one movement takes. */
export const MAX_LINES = 500;
/** The same code again within this time, in milliseconds, is one scan: a trigger that bounced. */
export const REPEAT_MS = 500;

export interface ScanLine {
  item: ItemName;
  /** As typed, or as the scans have counted. */
  quantity: string;
  /** Of a count: what was on hand when its first one was scanned. It is refused where it is another by then. */
  seenOnHand?: number;
  error?: { text: string; onHand?: number | undefined } | undefined;
}

/** What the last scan has done, as the page says it. */
export type Notice =
  | { kind: 'added' | 'undone'; item: ItemName; quantity: number }
  | { kind: 'unreadable'; item: ItemName; quantity: string }
  | { kind: 'place' | 'unknown' | 'archived' | 'waiting' | 'full'; code: string }
  | { kind: 'failed'; code: string; text: string };

/** What was scanned and is not booked yet. */
export interface ScanState {
  /** Ids: where it is counted or taken from, and where it is moved to. Empty: not chosen. */
  location: string;
  to: string;
  /** The one that was scanned last comes first. */
  lines: ScanLine[];
  /** Codes that are not looked up yet, in order: the API may be unreachable, or no location chosen. */
  waiting: string[];
  /** Codes that no item has, and how often they were scanned. */
  unknown: { code: string; times: number }[];
  /** The scans that counted, the last one last, for undoing. */
  scans: { itemId: string; quantity: number }[];
  notice?: Notice | undefined;
  /** The code that was just read again too soon to count. It stands beside the notice of the first one. */
  repeat?: string | undefined;
  /** The Idempotency-Key of what is sent. */
  idempotencyKey: string;
  /** The lines whose large differences the person was asked about, as they were then. */
  askedAbout?: string | undefined;
  /** Sent, without a response yet: it may have been booked. Until there is a response, nothing is added. */
  pendingBody?: MovementBody | undefined;
}

/** What the number of a line may be. */
export const quantityRule = (mode: Mode): NumberRule => (mode === 'count' ? counted : positive);

export const emptyScanState = (): ScanState => ({
  location: '',
  to: '',
  lines: [],
  waiting: [],
  unknown: [],
  scans: [],
  idempotencyKey: newKey(),
});

/** Whether there is something to lose. */
export const hasScans = ({ lines, waiting, unknown, pendingBody }: ScanState): boolean =>
  lines.length + waiting.length + unknown.length > 0 || pendingBody !== undefined;

export const findLine = ({ lines }: ScanState, itemId: string): ScanLine | undefined =>
  lines.find(({ item }) => item.id === itemId);

interface Scan {
  item: ItemName;
  /** One, or as many as the label says. */
  quantity: number;
  seenOnHand: number | undefined;
}

export function addScan(state: ScanState, { item, quantity: more, seenOnHand }: Scan): ScanState {
  const line = findLine(state, item.id) ?? { item, quantity: '0', ...(seenOnHand !== undefined && { seenOnHand }) };
  const before = valueOf(line.quantity, counted);
  // What a person has typed is theirs to correct.
  if (before === undefined) return { ...state, notice: { kind: 'unreadable', item, quantity: line.quantity } };
  const quantity = (before ?? 0) + more;
  const rest = state.lines.filter((other) => other.item.id !== item.id);
  return {
    ...state,
    lines: [{ ...line, quantity: String(quantity), error: undefined }, ...rest],
    scans: [...state.scans, { itemId: item.id, quantity: more }],
    notice: { kind: 'added', item, quantity },
  };
}

/** Takes the last scan back. */
export function undoLastScan(state: ScanState): ScanState {
  const scan = state.scans.at(-1);
  const line = scan && findLine(state, scan.itemId);
  if (!line) return state;
  const quantity = Math.max(0, (valueOf(line.quantity, counted) ?? 0) - scan.quantity);
  return {
    ...state,
    scans: state.scans.slice(0, -1),
    lines: state.lines.flatMap((other) =>
      other !== line ? [other] : quantity === 0 ? [] : [{ ...line, quantity: String(quantity), error: undefined }],
    ),
    notice: { kind: 'undone', item: line.item, quantity: scan.quantity },
  };
}

export const changeLine = (state: ScanState, itemId: string, changes: Partial<ScanLine>): ScanState => ({
  ...state,
  lines: state.lines.map((line) => (line.item.id === itemId ? { ...line, error: undefined, ...changes } : line)),
});

export const removeLine = (state: ScanState, itemId: string): ScanState => ({
  ...state,
  lines: state.lines.filter(({ item }) => item.id !== itemId),
  scans: state.scans.filter((scan) => scan.itemId !== itemId),
});

export const addUnknownCode = (state: ScanState, code: string): ScanState => {
  const known = state.unknown.find((other) => other.code === code);
  const rest = state.unknown.filter((other) => other !== known);
  return { ...state, unknown: [...rest, { code, times: (known?.times ?? 0) + 1 }], notice: { kind: 'unknown', code } };
};

export const removeUnknownCode = (state: ScanState, code: string): ScanState => ({
  ...state,
  unknown: state.unknown.filter((other) => other.code !== code),
});

/** How many counts change a level so much that they are rather typing errors. */
export const largeDifferences = ({ lines }: ScanState): number =>
  lines.filter(({ quantity, seenOnHand }) => {
    const after = valueOf(quantity, counted);
    return typeof after === 'number' && seenOnHand !== undefined && isLargeDifference(seenOnHand, after);
  }).length;

/** What tells whether lines are still those that the person was asked about. */
export const countsOf = ({ lines }: ScanState): string =>
  lines.map(({ item, quantity, seenOnHand }) => `${item.id} ${quantity} ${seenOnHand}`).join();

/** What stands in the way of saving: a place that is missing, a quantity that is. */
export const canSave = ({ location, to, lines }: ScanState, mode: Mode): boolean =>
  location !== '' &&
  (mode !== 'move' || (to !== '' && to !== location)) &&
  lines.length > 0 &&
  lines.every(({ quantity }) => reasonOf(quantity, quantityRule(mode)) === undefined);

export function movementBody({ location, to, lines }: ScanState, mode: Mode): MovementBody {
  if (mode === 'count')
    return {
      type: 'count',
      lines: lines.map(({ item, quantity, seenOnHand }) => ({
        item: item.id,
        location,
        counted: valueOf(quantity, counted)!,
        ...(seenOnHand !== undefined && { expectedOnHand: seenOnHand }),
      })),
    };
  const taken = lines.map(({ item, quantity }) => ({ item: item.id, quantity: valueOf(quantity, positive)! }));
  if (mode === 'move') return { type: 'transfer', lines: taken.map((line) => ({ ...line, from: location, to })) };
  return { type: mode === 'receive' ? 'receipt' : 'issue', lines: taken.map((line) => ({ ...line, location })) };
}

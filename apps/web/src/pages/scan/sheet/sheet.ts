import { newKey } from '../../../api/new-key.ts';
import type { MovementBody } from '../../../stock/movement.ts';
import type { ItemName } from '../../../stock/item-picker.tsx';

export type Mode = 'count' | 'move';
export const MODES: readonly Mode[] = ['count', 'move'];
/** As many lines as one movement takes. */
export const MAX_LINES = 500;
/** The same code again within this time, in milliseconds, is one scan: a trigger that bounced. */
export const REPEAT_MS = 500;

export interface SheetLine {
  item: ItemName;
  /** Empty while a person types another one. */
  quantity: number | '';
  /** Of a count: what was on hand when its first one was scanned. It is refused where it is another by then. */
  seenOnHand?: number;
  error?: { text: string; onHand?: number | undefined } | undefined;
}

/** What the last scan has done, as the page says it. */
export type Notice =
  | { kind: 'added'; item: ItemName; quantity: number }
  | { kind: 'place' | 'unknown' | 'archived' | 'waiting' | 'undone' | 'full'; code: string }
  | { kind: 'failed'; code: string; text: string };

/** What was scanned and is not booked yet. */
export interface Sheet {
  /** Ids: where it is counted or taken from, and where it is moved to. Empty: not chosen. */
  location: string;
  to: string;
  /** The one that was scanned last comes first. */
  lines: SheetLine[];
  /** Codes that nobody has looked up yet, in order: the API may be away, or the place not chosen. */
  waiting: string[];
  /** Codes that no item has, and how often they were scanned. */
  unknown: { code: string; times: number }[];
  /** The items of the scans that counted, the last one last, for undoing. */
  done: string[];
  notice?: Notice | undefined;
  /** The code that was just read again too soon to count. It stands beside the notice of the first one. */
  repeat?: string | undefined;
  /** The Idempotency-Key of what is sent. */
  key: string;
  /** Sent, and not answered yet: it may have been booked. Until there is an answer, nothing is added. */
  sent?: MovementBody | undefined;
}

export const emptySheet = (): Sheet => ({
  location: '',
  to: '',
  lines: [],
  waiting: [],
  unknown: [],
  done: [],
  key: newKey(),
});

export const lineOf = ({ lines }: Sheet, itemId: string): SheetLine | undefined =>
  lines.find(({ item }) => item.id === itemId);

/** One more of it. */
export function addOne(sheet: Sheet, item: ItemName, seenOnHand?: number): Sheet {
  const line = lineOf(sheet, item.id) ?? { item, quantity: 0, ...(seenOnHand !== undefined && { seenOnHand }) };
  const quantity = Number(line.quantity) + 1;
  const rest = sheet.lines.filter((other) => other.item.id !== item.id);
  return {
    ...sheet,
    lines: [{ ...line, quantity, error: undefined }, ...rest],
    done: [...sheet.done, item.id],
    notice: { kind: 'added', item, quantity },
  };
}

/** Takes the last scan back. */
export function undo(sheet: Sheet): Sheet {
  const itemId = sheet.done.at(-1);
  const line = itemId && lineOf(sheet, itemId);
  if (!line) return sheet;
  const quantity = Math.max(0, Number(line.quantity) - 1);
  return {
    ...sheet,
    done: sheet.done.slice(0, -1),
    lines: sheet.lines.flatMap((other) =>
      other !== line ? [other] : quantity === 0 ? [] : [{ ...line, quantity, error: undefined }],
    ),
    notice: { kind: 'undone', code: line.item.name },
  };
}

export const changeLine = (sheet: Sheet, itemId: string, changes: Partial<SheetLine>): Sheet => ({
  ...sheet,
  lines: sheet.lines.map((line) => (line.item.id === itemId ? { ...line, error: undefined, ...changes } : line)),
});

export const removeLine = (sheet: Sheet, itemId: string): Sheet => ({
  ...sheet,
  lines: sheet.lines.filter(({ item }) => item.id !== itemId),
  done: sheet.done.filter((id) => id !== itemId),
});

export const addUnknown = (sheet: Sheet, code: string): Sheet => {
  const known = sheet.unknown.find((other) => other.code === code);
  const rest = sheet.unknown.filter((other) => other !== known);
  return { ...sheet, unknown: [...rest, { code, times: (known?.times ?? 0) + 1 }], notice: { kind: 'unknown', code } };
};

export const forgetUnknown = (sheet: Sheet, code: string): Sheet => ({
  ...sheet,
  unknown: sheet.unknown.filter((other) => other.code !== code),
});

/** What stands in the way of saving: a place that is missing, a quantity that is. */
export const isReady = ({ location, to, lines }: Sheet, mode: Mode): boolean =>
  location !== '' &&
  (mode === 'count' || (to !== '' && to !== location)) &&
  lines.length > 0 &&
  lines.every(({ quantity }) => quantity !== '' && (mode === 'count' || quantity > 0));

export const bodyOf = ({ location, to, lines }: Sheet, mode: Mode): MovementBody =>
  mode === 'count'
    ? {
        type: 'count',
        lines: lines.map(({ item, quantity, seenOnHand }) => ({
          item: item.id,
          location,
          counted: Number(quantity),
          ...(seenOnHand !== undefined && { expectedOnHand: seenOnHand }),
        })),
      }
    : {
        type: 'transfer',
        lines: lines.map(({ item, quantity }) => ({ item: item.id, from: location, to, quantity: Number(quantity) })),
      };

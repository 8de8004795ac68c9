import { emptyScanState, type Notice, type ScanLine, type ScanState } from './scan-state.ts';

/** Raised where the shape of `ScanState` changes: what an older page has stored is then not read. */
const VERSION = 2;

export const storeState = (key: string, state: ScanState): void =>
  sessionStorage.setItem(key, JSON.stringify({ version: VERSION, state }));

/** What was stored, where it is whole and of this version; else nothing scanned. */
export function restoreState(key: string): ScanState {
  const stored = parse(sessionStorage.getItem(key));
  return isRecord(stored) && stored.version === VERSION && isScanState(stored.state) ? stored.state : emptyScanState();
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isArrayOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(isOne);
const isOptional = (value: unknown, isOne: (one: unknown) => boolean): boolean => value === undefined || isOne(value);
const isItem = (value: unknown): boolean =>
  isRecord(value) && isText(value.id) && isText(value.sku) && isText(value.name);

const isLine = (value: unknown): value is ScanLine =>
  isRecord(value) &&
  isItem(value.item) &&
  isText(value.quantity) &&
  isOptional(value.seenOnHand, Number.isSafeInteger) &&
  isOptional(value.error, (error) => isRecord(error) && isText(error.text));

const isUnknownCode = (value: unknown): value is ScanState['unknown'][number] =>
  isRecord(value) && isText(value.code) && Number.isSafeInteger(value.times);

const CODE_NOTICES: readonly string[] = ['place', 'unknown', 'archived', 'waiting', 'undone', 'full'];

function isNotice(value: unknown): value is Notice {
  if (!isRecord(value) || !isText(value.kind)) return false;
  if (value.kind === 'added') return isItem(value.item) && Number.isSafeInteger(value.quantity);
  if (value.kind === 'unreadable') return isItem(value.item) && isText(value.quantity);
  if (value.kind === 'failed') return isText(value.code) && isText(value.text);
  return CODE_NOTICES.includes(value.kind) && isText(value.code);
}

/** What was sent is a body that this page made, and the API checks it. */
const isBody = (value: unknown): boolean =>
  isRecord(value) && isText(value.type) && isArrayOf(value.lines, (line): line is object => isRecord(line));

const isScanState = (value: unknown): value is ScanState =>
  isRecord(value) &&
  [value.location, value.to, value.idempotencyKey].every(isText) &&
  isArrayOf(value.lines, isLine) &&
  isArrayOf(value.waiting, isText) &&
  isArrayOf(value.unknown, isUnknownCode) &&
  isArrayOf(value.scannedItemIds, isText) &&
  isOptional(value.notice, isNotice) &&
  isOptional(value.repeat, isText) &&
  isOptional(value.pendingBody, isBody);

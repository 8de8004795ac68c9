import { isArrayOf, isItemName, isOptional, isRecord, isText } from '../../../drafts/guards.ts';
import { emptyScanState, hasScans, type Notice, type ScanLine, type ScanState } from './scan-state.ts';

/** Raised where the shape of `ScanState` changes: what an older page has stored is then not read. */
const VERSION = 4;

/** What was scanned and not booked when a window was closed. */
export interface LeftScans {
  state: ScanState;
  /** When the last scan was, in milliseconds since the epoch. */
  at: number;
}

/** For this window, also when it is loaded again, and a copy for one that is opened after this one was closed. */
export function storeState(key: string, state: ScanState): void {
  const text = JSON.stringify({ version: VERSION, at: Date.now(), state });
  sessionStorage.setItem(key, text);
  if (hasScans(state)) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}

/** What was stored, where it is whole and of this version; else nothing scanned. */
export const restoreState = (key: string): ScanState => read(sessionStorage, key)?.state ?? emptyScanState();

/** Of another window, which may have been closed. */
export const readLeftScans = (key: string): LeftScans | undefined => read(localStorage, key);

export const discardLeftScans = (key: string): void => localStorage.removeItem(key);

function read(storage: Storage, key: string): LeftScans | undefined {
  const stored = parse(storage.getItem(key));
  if (!isRecord(stored) || stored.version !== VERSION || !isScanState(stored.state)) return undefined;
  return { state: stored.state, at: Number(stored.at) };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isLine = (value: unknown): value is ScanLine =>
  isRecord(value) &&
  isItemName(value.item) &&
  isText(value.quantity) &&
  isOptional(value.seenOnHand, Number.isSafeInteger) &&
  isOptional(value.error, (error) => isRecord(error) && isText(error.text));

const isUnknownCode = (value: unknown): value is ScanState['unknown'][number] =>
  isRecord(value) && isText(value.code) && Number.isSafeInteger(value.times);

const isScan = (value: unknown): value is ScanState['scans'][number] =>
  isRecord(value) && isText(value.itemId) && Number.isSafeInteger(value.quantity);

const CODE_NOTICES: readonly string[] = ['place', 'unknown', 'archived', 'waiting', 'full'];

function isNotice(value: unknown): value is Notice {
  if (!isRecord(value) || !isText(value.kind)) return false;
  if (value.kind === 'added' || value.kind === 'undone')
    return isItemName(value.item) && Number.isSafeInteger(value.quantity);
  if (value.kind === 'unreadable') return isItemName(value.item) && isText(value.quantity);
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
  isArrayOf(value.scans, isScan) &&
  isOptional(value.notice, isNotice) &&
  isOptional(value.repeat, isText) &&
  isOptional(value.askedAbout, isText) &&
  isOptional(value.pendingBody, isBody);

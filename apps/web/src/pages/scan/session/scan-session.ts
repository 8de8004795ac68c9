import { queryClient } from '../../../api/query-client.ts';
import type { Schema } from '../../../api/client.ts';
import { newKey } from '../../../api/new-key.ts';
import { ApiProblem, NetworkError, isProblem } from '../../../api/problem.ts';
import { reachable } from '../../../api/reachability.ts';
import { Store } from '../../../api/store.ts';
import { readLevel } from '../../../stock/levels.ts';
import { locationsQuery } from '../../../stock/locations.ts';
import { problemLines, AFFECTED_BY_MOVEMENT, postMovement, type MovementBody } from '../../../stock/movement.ts';
import { lineErrors } from '../../../stock/problem-lines.ts';
import { play } from '../input/sound.ts';
import { findItemByCode, type CodeLookup } from '../../../stock/code-lookup.ts';
import { discardLeftScans, type LeftScans, readLeftScans, restoreState, storeState } from './stored-state.ts';
import {
  addScan,
  addUnknownCode,
  countsOf,
  movementBody,
  emptyScanState,
  removeUnknownCode,
  findLine,
  hasScans,
  largeDifferences,
  MAX_LINES,
  type Mode,
  type Notice,
  REPEAT_MS,
  type ScanState,
  undoLastScan,
} from './scan-state.ts';

/**
 * One person's scans of one mode. Kept in the browser's storage with every change, so that neither a reload nor closing the
 * window nor an API that is unreachable loses any: codes wait until they can be looked up, and what was sent is sent again, once only.
 */
export class ScanSession {
  readonly state: Store<ScanState>;
  /** Scans of a window that was closed, until the person has said what becomes of them. */
  readonly left: Store<LeftScans | undefined>;
  private readonly storageKey: string;
  private lastRead = { code: '', at: -REPEAT_MS };
  private isBusy = false;

  constructor(
    readonly mode: Mode,
    userId: string,
    private readonly onBooked: (movement: Schema['Movement']) => void,
    private readonly onFailed: (error: Error) => void,
  ) {
    this.storageKey = `stockroom.scan.${mode}.${userId}`;
    this.state = new Store(restoreState(this.storageKey));
    this.left = new Store(hasScans(this.state.get()) ? undefined : readLeftScans(this.storageKey));
  }

  /** Goes on with what was left. @returns ends it */
  start(): () => void {
    this.resume();
    return reachable.subscribe(() => reachable.get() && this.resume());
  }

  change(next: (state: ScanState) => ScanState): void {
    const state = next(this.state.get());
    this.state.set(state);
    storeState(this.storageKey, state);
  }

  /** @param at when it was read, in milliseconds. Undefined: a person typed it, who means it also twice */
  onScan(code: string, at?: number): void {
    const isRepeat = at !== undefined && code === this.lastRead.code && at - this.lastRead.at < REPEAT_MS;
    if (at !== undefined) this.lastRead = { code, at };
    if (isRepeat) return this.change((state) => ({ ...state, repeat: code }));
    this.addCode(code);
  }

  /** Counts, whenever the one before was. */
  addCode(code: string): void {
    this.change((state) => ({
      ...state,
      waiting: [...state.waiting, code],
      notice: { kind: 'waiting', code },
      repeat: undefined,
    }));
    this.resume();
  }

  undo = (): void => this.change(undoLastScan);

  /** The item of a code that was unknown is there now. */
  resolveUnknown(code: string): void {
    const times = this.state.get().unknown.find((other) => other.code === code)?.times ?? 0;
    this.change((state) => {
      const rest = removeUnknownCode(state, code);
      return { ...rest, waiting: [...Array<string>(times).fill(code), ...rest.waiting] };
    });
    this.resume();
  }

  continueLeftScans(): void {
    const left = this.left.get();
    this.left.set(undefined);
    if (left) this.change(() => left.state);
    this.resume();
  }

  discardLeftScans(): void {
    this.left.set(undefined);
    discardLeftScans(this.storageKey);
  }

  discard(): void {
    this.change(({ location, to }) => ({ ...emptyScanState(), location, to }));
  }

  resume(): void {
    void (this.state.get().pendingBody ? this.send() : this.processWaiting());
  }

  /** Of counts that change much, the first call asks, and the second one saves. */
  save(): void {
    const state = this.state.get();
    const counts = countsOf(state);
    if (this.mode === 'count' && largeDifferences(state) > 0 && state.askedAbout !== counts)
      return this.change((state) => ({ ...state, askedAbout: counts }));
    this.change((state) => ({ ...state, pendingBody: movementBody(state, this.mode) }));
    void this.send();
  }

  private notify(notice: Notice): void {
    this.change((state) => ({ ...state, notice }));
  }

  /** Looks the waiting codes up, one after the other, in the order of their scans. */
  private async processWaiting(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (let code = this.next(); code !== undefined; code = this.next()) if (!(await this.processCode(code))) break;
    } catch (error) {
      if (!(error instanceof NetworkError)) this.rejectCode(error as Error);
    } finally {
      this.isBusy = false;
    }
    if (this.state.get().pendingBody) void this.send();
  }

  private next(): string | undefined {
    const { waiting, pendingBody } = this.state.get();
    return pendingBody ? undefined : waiting[0];
  }

  /** @returns whether the code is done with */
  private async processCode(code: string): Promise<boolean> {
    if (await this.resolveLocation()) return true;
    if (this.state.get().location === '') return false;
    const found = await findItemByCode(code);
    const isNew = found.item && !findLine(this.state.get(), found.item.id);
    if (isNew && this.state.get().lines.length >= MAX_LINES) {
      this.notify({ kind: 'full', code });
      return false;
    }
    const level =
      isNew && this.mode === 'count' ? await readLevel(found.item!.id, this.state.get().location) : undefined;
    this.applyLookup(found, level?.onHand);
    return true;
  }

  /** A place that is not chosen yet may be scanned like an item. */
  private async resolveLocation(): Promise<boolean> {
    const { location, to, waiting } = this.state.get();
    if (location !== '' && (to !== '' || this.mode !== 'move')) return false;
    const locations = await queryClient.ensureQueryData(locationsQuery);
    const codes = waiting.map((code) => code.toLowerCase());
    const place = locations.find(({ id, code }) => id !== location && codes.includes(code.toLowerCase()));
    if (!place) return false;
    const at = codes.indexOf(place.code.toLowerCase());
    this.change((state) => ({
      ...state,
      [location === '' ? 'location' : 'to']: place.id,
      waiting: state.waiting.toSpliced(at, 1),
      notice: { kind: 'place', code: place.code },
    }));
    play('good');
    return true;
  }

  private applyLookup({ item, isArchived, code, quantity = 1 }: CodeLookup, seenOnHand: number | undefined): void {
    play(item ? 'good' : 'bad');
    this.change((before) => {
      const state = { ...before, waiting: before.waiting.slice(1) };
      if (item) return addScan(state, { item, quantity, seenOnHand });
      return isArchived ? { ...state, notice: { kind: 'archived', code } } : addUnknownCode(state, code);
    });
  }

  /** The API does not take the code at all. It is said, and not asked again. */
  private rejectCode(error: Error): void {
    const [code = ''] = this.state.get().waiting;
    this.change((state) => ({
      ...state,
      waiting: state.waiting.slice(1),
      notice: { kind: 'failed', code, text: error.message },
    }));
  }

  private async send(): Promise<void> {
    const { pendingBody, idempotencyKey } = this.state.get();
    if (!pendingBody || this.isBusy) return;
    this.isBusy = true;
    try {
      const movement = await postMovement(pendingBody, { 'Idempotency-Key': idempotencyKey });
      this.change(({ location, to, waiting, unknown }) => ({ ...emptyScanState(), location, to, waiting, unknown }));
      for (const queryKey of AFFECTED_BY_MOVEMENT) void queryClient.invalidateQueries({ queryKey });
      this.onBooked(movement);
    } catch (error) {
      if (error instanceof ApiProblem) this.showLineErrors(error, pendingBody);
      this.onFailed(error as Error);
    } finally {
      this.isBusy = false;
    }
    if (!this.state.get().pendingBody) void this.processWaiting();
  }

  /** An error about a line is shown at the line. */
  private showLineErrors(error: ApiProblem, sent: MovementBody): void {
    const now = new Map(problemLines(error).map(({ line, onHand }) => [line, onHand]));
    const errors = new Map(
      [...lineErrors(error)].map(([line, words]) => [
        sent.lines[line]?.item,
        {
          text: Object.values(words).join(' '),
          onHand: isProblem(error, 'unexpected-level') ? now.get(line) : undefined,
        },
      ]),
    );
    this.change((state) => ({
      ...state,
      pendingBody: undefined,
      idempotencyKey: newKey(),
      lines: state.lines.map((line) => ({ ...line, error: errors.get(line.item.id) })),
    }));
  }
}

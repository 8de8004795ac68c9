import { queryClient } from '../../../api/query-client.ts';
import { newKey } from '../../../api/new-key.ts';
import { ApiProblem, AwayError, isProblem } from '../../../api/problem.ts';
import { reachable } from '../../../api/reachability.ts';
import { Store } from '../../../api/store.ts';
import { readLevel } from '../../../stock/levels.ts';
import { locationsQuery } from '../../../stock/locations.ts';
import { linesOf, MOVED, post, type MovementBody } from '../../../stock/movement.ts';
import { lineErrors } from '../../../stock/problem-lines.ts';
import { play } from '../input/sound.ts';
import { itemOf, type Found } from './codes.ts';
import {
  addOne,
  addUnknown,
  bodyOf,
  emptySheet,
  forgetUnknown,
  lineOf,
  MAX_LINES,
  type Mode,
  type Notice,
  REPEAT_MS,
  type Sheet,
  undo,
} from './sheet.ts';

/**
 * One person's scans of one mode. Kept in the browser's session storage with every change, so that neither a reload nor
 * an API that is away loses any: codes wait until they can be looked up, and what was sent is sent again, once only.
 */
export class Desk {
  readonly sheet: Store<Sheet>;
  private readonly storageKey: string;
  private lastRead = { code: '', at: -REPEAT_MS };
  private isWorking = false;

  constructor(
    readonly mode: Mode,
    userId: string,
    private readonly onBooked: () => void,
    private readonly onFailed: (error: Error) => void,
  ) {
    this.storageKey = `stockroom.scan.${mode}.${userId}`;
    this.sheet = new Store(restored(this.storageKey));
  }

  /** Goes on with what was left. @returns ends it */
  open(): () => void {
    this.goOn();
    return reachable.subscribe(() => reachable.get() && this.goOn());
  }

  change(next: (sheet: Sheet) => Sheet): void {
    const sheet = next(this.sheet.get());
    this.sheet.set(sheet);
    sessionStorage.setItem(this.storageKey, JSON.stringify(sheet));
  }

  /** @param at when it was read, in milliseconds. Undefined: a person typed it, who means it also twice */
  read(code: string, at?: number): void {
    const isRepeat = at !== undefined && code === this.lastRead.code && at - this.lastRead.at < REPEAT_MS;
    if (at !== undefined) this.lastRead = { code, at };
    if (isRepeat) return this.change((sheet) => ({ ...sheet, repeat: code }));
    this.take(code);
  }

  /** Counts, whenever the one before was. */
  take(code: string): void {
    this.change((sheet) => ({
      ...sheet,
      waiting: [...sheet.waiting, code],
      notice: { kind: 'waiting', code },
      repeat: undefined,
    }));
    this.goOn();
  }

  undo = (): void => this.change(undo);

  /** The item of a code that was unknown is there now. */
  nowKnown(code: string): void {
    const times = this.sheet.get().unknown.find((other) => other.code === code)?.times ?? 0;
    this.change((sheet) => {
      const rest = forgetUnknown(sheet, code);
      return { ...rest, waiting: [...Array<string>(times).fill(code), ...rest.waiting] };
    });
    this.goOn();
  }

  discard(): void {
    this.change(({ location, to }) => ({ ...emptySheet(), location, to }));
  }

  goOn(): void {
    void (this.sheet.get().sent ? this.send() : this.work());
  }

  save(): void {
    this.change((sheet) => ({ ...sheet, sent: bodyOf(sheet, this.mode) }));
    void this.send();
  }

  private say(notice: Notice): void {
    this.change((sheet) => ({ ...sheet, notice }));
  }

  /** Looks the waiting codes up, one after the other, in the order of their scans. */
  private async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    try {
      for (let code = this.next(); code !== undefined; code = this.next()) if (!(await this.place(code))) break;
    } catch (error) {
      if (!(error instanceof AwayError)) this.refuse(error as Error);
    } finally {
      this.isWorking = false;
    }
    if (this.sheet.get().sent) void this.send();
  }

  private next(): string | undefined {
    const { waiting, sent } = this.sheet.get();
    return sent ? undefined : waiting[0];
  }

  /** @returns whether the code is done with */
  private async place(code: string): Promise<boolean> {
    if (await this.placed()) return true;
    if (this.sheet.get().location === '') return false;
    const found = await itemOf(code);
    const isNew = found.item && !lineOf(this.sheet.get(), found.item.id);
    if (isNew && this.sheet.get().lines.length >= MAX_LINES) {
      this.say({ kind: 'full', code });
      return false;
    }
    const level =
      isNew && this.mode === 'count' ? await readLevel(found.item!.id, this.sheet.get().location) : undefined;
    this.settle(code, found, level?.onHand);
    return true;
  }

  /** A place that is not chosen yet may be scanned like an item. */
  private async placed(): Promise<boolean> {
    const { location, to, waiting } = this.sheet.get();
    if (location !== '' && (to !== '' || this.mode === 'count')) return false;
    const locations = await queryClient.ensureQueryData(locationsQuery);
    const codes = waiting.map((code) => code.toLowerCase());
    const place = locations.find(({ id, code }) => id !== location && codes.includes(code.toLowerCase()));
    if (!place) return false;
    const at = codes.indexOf(place.code.toLowerCase());
    this.change((sheet) => ({
      ...sheet,
      [location === '' ? 'location' : 'to']: place.id,
      waiting: sheet.waiting.toSpliced(at, 1),
      notice: { kind: 'place', code: place.code },
    }));
    play('good');
    return true;
  }

  private settle(code: string, { item, isArchived }: Found, seenOnHand: number | undefined): void {
    play(item ? 'good' : 'bad');
    this.change((before) => {
      const sheet = { ...before, waiting: before.waiting.slice(1) };
      if (item) return addOne(sheet, item, seenOnHand);
      return isArchived ? { ...sheet, notice: { kind: 'archived', code } } : addUnknown(sheet, code);
    });
  }

  /** The API does not take the code at all. It is said, and not asked again. */
  private refuse(error: Error): void {
    const [code = ''] = this.sheet.get().waiting;
    this.change((sheet) => ({
      ...sheet,
      waiting: sheet.waiting.slice(1),
      notice: { kind: 'failed', code, text: error.message },
    }));
  }

  private async send(): Promise<void> {
    const { sent, key } = this.sheet.get();
    if (!sent || this.isWorking) return;
    this.isWorking = true;
    try {
      await post(sent, { 'Idempotency-Key': key });
      this.change(({ location, to, waiting, unknown }) => ({ ...emptySheet(), location, to, waiting, unknown }));
      for (const queryKey of MOVED) void queryClient.invalidateQueries({ queryKey });
      this.onBooked();
    } catch (error) {
      if (error instanceof ApiProblem) this.judge(error, sent);
      this.onFailed(error as Error);
    } finally {
      this.isWorking = false;
    }
    if (!this.sheet.get().sent) void this.work();
  }

  /** What the answer says of a line stands at the line. */
  private judge(error: ApiProblem, sent: MovementBody): void {
    const now = new Map(linesOf(error).map(({ line, onHand }) => [line, onHand]));
    const errors = new Map(
      [...lineErrors(error)].map(([line, words]) => [
        sent.lines[line]?.item,
        {
          text: Object.values(words).join(' '),
          onHand: isProblem(error, 'unexpected-level') ? now.get(line) : undefined,
        },
      ]),
    );
    this.change((sheet) => ({
      ...sheet,
      sent: undefined,
      key: newKey(),
      lines: sheet.lines.map((line) => ({ ...line, error: errors.get(line.item.id) })),
    }));
  }
}

function restored(storageKey: string): Sheet {
  const text = sessionStorage.getItem(storageKey);
  return text ? (JSON.parse(text) as Sheet) : emptySheet();
}

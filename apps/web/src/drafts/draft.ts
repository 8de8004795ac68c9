const PREFIX = 'stockroom.draft.';
const VERSION = 1;
/** What lay longer than this, in milliseconds, is hardly meant any more. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1_000;

interface Stored<T> {
  version: number;
  /** When it was changed last, in milliseconds since the epoch. */
  at: number;
  values: T;
  /** Of a write that was sent and has no response yet. */
  idempotencyKey?: string | undefined;
}

/**
 * What a person has entered in one form and not saved. The browser keeps it until it is saved or discarded: a reload, the end
 * of the session and closing the tab lose nothing. What was sent and got no response is sent with the same key again.
 */
export class Draft<T> {
  /** What the form was left with. */
  readonly restored: Pick<Stored<T>, 'at' | 'values'> | undefined;
  private readonly storageKey: string;
  private stored: Stored<T> | undefined;

  constructor(userId: string, form: string, isValues: (value: unknown) => value is T) {
    this.storageKey = `${PREFIX}${userId}.${form}`;
    this.stored = read(this.storageKey, isValues);
    this.restored = this.stored;
  }

  /** Whether there is something that would be lost. */
  get isKept(): boolean {
    return this.stored !== undefined;
  }

  get idempotencyKey(): string | undefined {
    return this.stored?.idempotencyKey;
  }

  set idempotencyKey(idempotencyKey: string | undefined) {
    if (this.stored) this.write({ ...this.stored, idempotencyKey });
  }

  keep(values: T): void {
    this.write({ ...this.stored, version: VERSION, at: Date.now(), values });
  }

  clear(): void {
    this.stored = undefined;
    attempt(() => localStorage.removeItem(this.storageKey));
  }

  private write(stored: Stored<T>): void {
    this.stored = stored;
    attempt(() => localStorage.setItem(this.storageKey, JSON.stringify(stored)));
  }
}

function read<T>(storageKey: string, isValues: (value: unknown) => value is T): Stored<T> | undefined {
  const stored = attempt(() => JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Stored<unknown> | null);
  if (stored?.version !== VERSION || !(Date.now() - stored.at < MAX_AGE_MS) || !isValues(stored.values))
    return undefined;
  return stored as Stored<T>;
}

/** A browser may refuse to store anything: then the form is as good as one without a draft. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

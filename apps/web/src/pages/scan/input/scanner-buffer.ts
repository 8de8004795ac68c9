/** On average so much time, in milliseconds, passes at most between two keys of a scanner. Fast typists need 80 and more. */
const MEAN_GAP_MS = 40;
/** A single gap may be longer where the machine is busy. After this one, in milliseconds, something else begins. */
const LONGEST_GAP_MS = 200;
const SHORTEST_CODE = 3;

/** Keys in quick succession. Tells a hand scanner, which types fast and ends with Enter, from a person. */
export class ScannerBuffer {
  private text = '';
  private firstAt = 0;
  private lastAt = 0;

  get length(): number {
    return this.text.length;
  }

  /** Whether it is faster than typing. */
  get isFast(): boolean {
    return this.length > 1 && (this.lastAt - this.firstAt) / (this.length - 1) <= MEAN_GAP_MS;
  }

  /**
   * @param key as `KeyboardEvent.key` names it
   * @param at when, in milliseconds
   * @returns the code, where this key is the Enter that ends one
   */
  onKey(key: string, at: number): string | undefined {
    if (MODIFIERS.has(key)) return undefined;
    if (at - this.lastAt > LONGEST_GAP_MS) this.text = '';
    if (key === 'Enter') return this.end();
    if (key.length !== 1) this.text = '';
    else this.add(key, at);
    return undefined;
  }

  private add(key: string, at: number): void {
    if (this.text === '') this.firstAt = at;
    this.text += key;
    this.lastAt = at;
  }

  private end(): string | undefined {
    const code = this.isFast ? this.text.trim() : '';
    this.text = '';
    return code.length >= SHORTEST_CODE ? code : undefined;
  }
}

const MODIFIERS = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock']);

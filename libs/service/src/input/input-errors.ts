import type { InputError } from '#contracts';
import { Problem } from '../http/problem.ts';

/** How many errors one response lists. */
export const MAX_ERRORS = 20;
const MAX_POINTER = 200;
const MAX_DETAIL = 1000;

/** The errors of one input: the first 20 are kept, the others are counted. */
export class InputErrors {
  private readonly kept: InputError[] = [];
  private count = 0;

  get any(): boolean {
    return this.count > 0;
  }

  add(pointer: string, detail: string): void {
    if (this.count++ >= MAX_ERRORS) return;
    this.kept.push({ pointer: shorten(pointer, MAX_POINTER), detail: shorten(detail, MAX_DETAIL) });
  }

  toProblem(kind: 'invalid-fields' | 'invalid-parameters' | 'conflict', summary?: string): Problem {
    const more = this.count > MAX_ERRORS ? `; and ${this.count - MAX_ERRORS} more` : '';
    const list = summary ?? this.kept.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
    return new Problem(kind, `${shorten(list, MAX_DETAIL)}${more}`, { errors: this.kept });
  }
}

/** The refusal of one field. */
export const invalidField = (pointer: string, detail: string): Problem =>
  new Problem('invalid-fields', `${pointer}: ${detail}`, { errors: [{ pointer, detail }] });

/** A member's name as a token of a JSON pointer (RFC 6901). */
export const pointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Cut between code points: half a surrogate pair is no text that UTF-8 could hold. */
export const shorten = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text
        .slice(0, max)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;

import { numberTexts as texts } from '../../texts/numbers.ts';

/** What was typed as a number, or why it is none. Nothing is dropped or rounded on the way. */
export type Parsed = { value: number; reason?: never } | { value?: never; reason: string };

/** A rule of a number field. */
export interface NumberRule {
  /** @param text not empty */
  parse: (text: string) => Parsed;
  /** Whether further keys can still make it a valid number, so that a person who is typing is not interrupted. */
  isPrefix: (text: string) => boolean;
  /** Which keyboard a phone shows. */
  inputMode: 'numeric' | 'decimal' | 'text';
}

/** @returns null where the field is empty; undefined where it holds no valid number */
export const valueOf = (text: string, rule: NumberRule): number | null | undefined =>
  text.trim() === '' ? null : rule.parse(text).value;

/** Why the text is refused. @param isRequired an empty field is refused, too */
export const reasonOf = (text: string, rule: NumberRule, isRequired = true): string | undefined =>
  text.trim() === '' ? (isRequired ? texts.required : undefined) : rule.parse(text).reason;

const MAX_QUANTITY = 1_000_000_000;

/** Units are counted in whole numbers. Only ASCII digits are taken: nothing else has one meaning everywhere. */
export function wholeNumber({ min = 1, max = MAX_QUANTITY }: { min?: number; max?: number } = {}): NumberRule {
  const isSigned = min < 0;
  // U+2212 is the minus sign that pages and word processors show.
  const pattern = isSigned ? /^[-+\u2212]?\d+$/ : /^\d+$/;
  return {
    parse: (typed) => {
      const text = typed.trim();
      if (!pattern.test(text)) return { reason: texts.whole(text, min, max) };
      const value = Number(text.replace('\u2212', '-'));
      if (value < min || value > max) return { reason: texts.outOfRange(min, max) };
      return { value: value || 0 };
    },
    isPrefix: (typed) => {
      const text = typed.trim();
      if (!pattern.test(text)) return isSigned && /^[-+\u2212]?$/.test(text);
      return Math.abs(Number(text.replace('\u2212', '-'))) <= Math.max(Math.abs(min), max);
    },
    inputMode: isSigned ? 'text' : 'numeric',
  };
}

export const quantity = wholeNumber();
export const counted = wholeNumber({ min: 0 });
export const reorderPoint = counted;

const changes = wholeNumber({ min: -MAX_QUANTITY });

/** By how much an adjustment changes a level: never 0. */
export const quantityChange: NumberRule = {
  ...changes,
  parse: (text) => {
    const parsed = changes.parse(text);
    return parsed.value === 0 ? { reason: texts.notZero } : parsed;
  },
};

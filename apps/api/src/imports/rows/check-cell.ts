import { length } from 'class-validator';
import { TRIMMED, TRIMMED_RULE, type TextLimits } from '#contracts';

/** Visible ASCII, spaces only between: what most cells are, and all that `TRIMMED` asks. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Why a text breaks the rules that `Text` has for it, or undefined. */
export function textViolation(text: string, { min = 0, max, trimmed = false }: TextLimits): string | undefined {
  if (text.length <= max && text.length >= min && PLAIN.test(text)) return undefined;
  if (!length(text, min, max))
    return min > 0 ? `must have ${min} to ${max} characters` : `must have up to ${max} characters`;
  if (trimmed && !TRIMMED.test(text)) return TRIMMED_RULE;
  if (text.includes('\0')) return 'holds a null byte';
  return text.isWellFormed() ? undefined : 'holds a lone surrogate';
}

/** A number without sign, point or exponent, or undefined. */
export const wholeNumber = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

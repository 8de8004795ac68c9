import { length } from 'class-validator';
import { invisibleViolation, TRIMMED, TRIMMED_RULE, type TextLimits } from '#contracts';

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

/** How spreadsheet programs show a long number: 4.00638E+12. The rest of its digits is lost. */
const SCIENTIFIC = /^\d(?:[.,]\d+)?E[+-]\d{2,3}$/i;
/** A spreadsheet program keeps no more digits of a number. */
const EXACT_DIGITS = 15;

/**
 * The same for a SKU, a barcode or a location's code.
 * @param isNumber whether a workbook stores it as a number
 */
export function codeViolation(text: string, limits: TextLimits, isNumber: boolean): string | undefined {
  const invisible = invisibleViolation(text);
  if (invisible) return invisible;
  if (SCIENTIFIC.test(text) || (isNumber && text.replace(/\D/g, '').length > EXACT_DIGITS))
    return `is ${text}: the spreadsheet has lost digits. Format the column as text and enter the code again`;
  return textViolation(text, limits);
}

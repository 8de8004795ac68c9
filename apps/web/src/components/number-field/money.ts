import { currencyFormat, money as formatMoney } from '../../texts/format.ts';
import { numberTexts as texts } from '../../texts/numbers.ts';
import type { NumberRule, Parsed } from './parse-number.ts';

/** In minor units, as the API. */
const MAX_MONEY = 1_000_000_000_000;
const SEPARATORS = /[.,'\u2019\u00a0\u202f ]/;

/** An amount as people write it: `4.50`, `4,50`, `$4.50`, `1.250,00`. The value is in minor units. */
export function money(currency: string): NumberRule {
  const { decimals, symbols } = currencyFormat(currency);
  const example = plainAmount(450, currency);
  const strip = (typed: string): string => {
    let text = typed.trim();
    for (const symbol of symbols) {
      if (text.startsWith(symbol)) text = text.slice(symbol.length).trim();
      if (text.endsWith(symbol)) text = text.slice(0, -symbol.length).trim();
    }
    return text;
  };
  const parse = (typed: string): Parsed => {
    const parts = readAmount(strip(typed));
    if (!parts) return { reason: texts.money(typed.trim(), example) };
    const { whole, fraction, grouped } = parts;
    if (grouped !== undefined && decimals > 0)
      return { reason: texts.ambiguous(typed.trim(), `${whole}${grouped}`, `${whole}.${grouped}`) };
    const [digits, cents] = grouped === undefined ? [whole, fraction] : [whole + grouped, ''];
    if (cents.length > decimals) return { reason: texts.decimals(typed.trim(), decimals) };
    const value = Number(digits + cents.padEnd(decimals, '0'));
    return value <= MAX_MONEY ? { value } : { reason: texts.moneyRange(formatMoney(MAX_MONEY, currency)) };
  };
  return { parse, isPrefix: (typed) => isAmountPrefix(strip(typed)), inputMode: 'decimal' };
}

interface Amount {
  /** Digits without separators. */
  whole: string;
  fraction: string;
  /** Three digits after the only separator, which may stand for thousands or for decimals. */
  grouped?: string;
}

/** @returns undefined where the text is not an amount */
function readAmount(text: string): Amount | undefined {
  if (/^\d+$/.test(text)) return { whole: text, fraction: '' };
  const separators = [...text].filter((character) => !/\d/.test(character));
  const last = separators.at(-1);
  if (last === undefined || !separators.every((character) => SEPARATORS.test(character))) return undefined;
  const at = text.lastIndexOf(last);
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const isDecimal = (last === '.' || last === ',') && separators.indexOf(last) === separators.length - 1;
  if (separators.length === 1 && isDecimal && /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(after))
    return { whole: before, fraction: '', grouped: after };
  const groups = isDecimal ? separators.slice(0, -1) : separators;
  const whole = wholeWithGroups(isDecimal ? before : text, groups);
  if (whole === undefined || (isDecimal && !/^\d+$/.test(after))) return undefined;
  return { whole, fraction: isDecimal ? after : '' };
}

/** Digits in groups of three, all parted by the same sign. */
function wholeWithGroups(text: string, groups: string[]): string | undefined {
  if (groups.length === 0) return /^\d+$/.test(text) ? text : undefined;
  const [first = '', ...rest] = text.split(groups[0]!);
  const isRegular = groups.every((sign) => sign === groups[0]) && /^\d{1,3}$/.test(first);
  return isRegular && rest.every((group) => /^\d{3}$/.test(group)) ? [first, ...rest].join('') : undefined;
}

const isAmountPrefix = (text: string): boolean => /^\d*$/.test(text.replaceAll(new RegExp(SEPARATORS, 'g'), ''));

/** For a field: without a symbol and without a separator for thousands, `4.50`. */
export function plainAmount(minorUnits: number, currency: string): string {
  const { decimals } = currencyFormat(currency);
  const digits = String(minorUnits).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

import type { DecimalSign } from '#contracts';

/** A number as a person wrote it: its digits with a point, or why it is none. */
export type ParsedNumber = { value: string } | { reason: string };

const SIGNS = { point: '.', comma: ',' } as const;
/** Thousands in groups of three, or as in India the last three and pairs before. */
const GROUPED = {
  '.': /^\d{1,3}(?:\.\d{3})+$|^\d{1,2}(?:\.\d{2})+\.\d{3}$/,
  ',': /^\d{1,3}(?:,\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/,
};
/** Signs that only ever group: space, no-break spaces, thin space, apostrophes (Switzerland). */
const GROUPING = /[ \u00a0\u202f\u2009'’]/;
const GROUPED_BY_SPACE = /^\d{1,3}(?:([ \u00a0\u202f\u2009'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/** The decimal sign that one cell shows for its column, or undefined. */
export function decimalEvidence(cell: string): DecimalSign | undefined {
  const text = withoutGrouping(digitsOf(cell)) ?? '';
  const [reading, ...others] = readingsOf(text);
  return others.length === 0 && /[.,]/.test(text) ? reading?.sign : undefined;
}

/**
 * Reads a number that is not negative. Nothing is guessed, rounded or left out.
 * @param sign the decimal sign of the column, where that is known
 */
export function parseNumber(cell: string, sign: DecimalSign | undefined): ParsedNumber {
  const written = digitsOf(cell);
  if (SCIENTIFIC.test(written)) return { reason: `${cell} is in scientific notation: write all digits` };
  if (/^(?:[-−–(].*|.*[-−–)])$/.test(written)) return { reason: `${cell} is negative` };
  const text = withoutGrouping(written);
  const readings = text === undefined ? [] : readingsOf(text);
  const [first] = readings;
  if (!first) return { reason: `${JSON.stringify(cell.slice(0, 40))} is not a number` };
  const [one, other] =
    sign === undefined ? readings : readings.filter((reading) => reading.sign === undefined || reading.sign === sign);
  if (!one) return { reason: `${cell} has a decimal ${first.sign}, while the decimal sign is the ${sign}` };
  if (!other) return { value: one.value };
  return { reason: `${cell} is ${one.value} or ${other.value}: send ?decimal=${one.sign} or ?decimal=${other.sign}` };
}

interface Reading {
  value: string;
  /** The decimal sign that this reading takes for granted; undefined: none. */
  sign: DecimalSign | undefined;
}

/** All that a text of digits, points and commas can mean. */
function readingsOf(text: string): Reading[] {
  if (/^\d+$/.test(text)) return [{ value: plain(text), sign: undefined }];
  return (['point', 'comma'] as const).flatMap((sign) => {
    const value = readAs(text, sign);
    return value === undefined ? [] : [{ value, sign }];
  });
}

function readAs(text: string, sign: DecimalSign): string | undefined {
  const [whole = '', fraction, ...more] = text.split(SIGNS[sign]);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined;
  const group = sign === 'point' ? ',' : '.';
  if (!/^\d*$/.test(whole) && !(GROUPED[group].test(whole) && !whole.startsWith('0'))) return undefined;
  if (whole === '' && fraction === undefined) return undefined;
  return plain(whole.replaceAll(group, ''), fraction);
}

const plain = (whole: string, fraction?: string): string =>
  `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;

/** Without the spaces and apostrophes between thousands; undefined where they stand elsewhere. */
function withoutGrouping(text: string): string | undefined {
  if (!GROUPING.test(text)) return text;
  return GROUPED_BY_SPACE.test(text) ? text.replace(new RegExp(GROUPING, 'g'), '') : undefined;
}

const digitsOf = (cell: string): string => cell.trim().replace(/^\+/, '');

/** A decimal number as an integer of its smallest unit, or undefined where it has more decimals than that. */
export function scaled(value: string, scale: number): number | undefined {
  const [whole, fraction = ''] = value.split('.') as [string, string?];
  if (/[1-9]/.test(fraction.slice(scale))) return undefined;
  const digits = `${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`;
  return digits.replace(/^0+/, '').length > 16 ? Number.MAX_SAFE_INTEGER : Number(digits);
}

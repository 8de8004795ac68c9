/** Numbers and dates are written as the browser's locale says. */
const locale = navigator.languages;
/** The language of the texts, whose plurals follow its own rules. */
export const LANGUAGE = 'en';

const numbers = new Intl.NumberFormat(locale);
const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const brief = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const utcDays = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });
const lists = new Intl.ListFormat(LANGUAGE);
const plurals = new Intl.PluralRules(LANGUAGE);

/** A number keeps its sign before it on a page that is read from the right, whose own direction would move it behind. */
const isolated = (text: string): string => (document.dir === 'rtl' ? `\u2066${text}\u2069` : text);

export const number = (value: number): string => isolated(numbers.format(value));
/** With `+` or `−` before it, but for 0. */
export const change = (value: number): string => isolated(signed.format(value));
export const moment = (time: string | number): string => moments.format(new Date(time));
/** Where there is little room: without the year. */
export const briefMoment = (time: string | number): string => brief.format(new Date(time));
export const day = (time: string | number): string => days.format(new Date(time));
/** A day that is one in UTC, whatever the time here: `2026-11-23`. */
export const utcDay = (date: string): string => utcDays.format(new Date(date));
export const list = (words: string[]): string => lists.format(words);

/** @param amount minor units of the currency */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return isolated(format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)));
}

/** How many decimals a currency has, and how people write it beside an amount, the longest first. */
export function currencyFormat(currency: string): { decimals: number; symbols: string[] } {
  const formats = (['symbol', 'narrowSymbol', 'code'] as const).map(
    (currencyDisplay) => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }),
  );
  const symbols = formats.map((format) => format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '');
  return {
    decimals: formats[0]?.resolvedOptions().maximumFractionDigits ?? 2,
    symbols: [...new Set(symbols)].filter(Boolean).toSorted((a, b) => b.length - a.length),
  };
}

/** A file's size: “1.2 MB”. */
export function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  });
  return format.format(count / 1000 ** power);
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A moment as seen from now: “3 minutes ago”. */
export function ago(time: string | number): string {
  const seconds = (new Date(time).getTime() - Date.now()) / 1000;
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return relative.format(Math.round(seconds / length), unit);
}

/** @param forms by plural category (CLDR); `#` becomes the number */
export function plural(count: number, forms: { one: string; other: string }): string {
  const form = plurals.select(count) === 'one' ? forms.one : forms.other;
  return form.replace('#', number(count));
}

const TIME =
  /^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;

export const TIME_RULE =
  'must be an RFC 3339 time in the years 0001 to 9999 with an offset of at most 15:59, such as 2026-11-23T09:30:00Z';

/** An RFC 3339 date-time that PostgreSQL's timestamptz takes too: it knows no year 0 and no offset of 16 hours. */
export function isTime(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && TIME.exec(value)) || [];
  return day !== undefined && Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Without the names that PostgreSQL reads as an abbreviation with a fixed offset, such as CET, and without offsets. */
const ZONE = /^(?:UTC|[A-Za-z]\w*(?:\/[\w+-]+)+)$/;

export const TIME_ZONE_RULE = 'must be an IANA time zone such as Europe/Berlin, or UTC';

export function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 64 || !ZONE.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

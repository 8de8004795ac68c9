const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const isUuid = (text: string): boolean => UUID.test(text);

/** `2026-11-23`. */
export const isDay = (text: string): boolean => DAY.test(text) && !isNaN(startOf(text).getTime());

/** The filters that a URL holds and that are right. Whatever else a person wrote there is left out. */
export function readFilters<Name extends string>(
  search: Record<string, unknown>,
  rules: Record<Name, (text: string) => boolean>,
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const [name, isRight] of Object.entries(rules) as [Name, (text: string) => boolean][]) {
    // The router reads `?reference=118` as a number.
    const text = typeof search[name] === 'number' ? String(search[name]) : search[name];
    if (typeof text === 'string' && isRight(text)) found[name] = text;
  }
  return found;
}

export const withoutUndefined = <T extends object>(filters: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as T;

/** As the API takes them: whole days of the person's own calendar become moments. `to` is the last day. */
export const toApiQuery = <T extends { from?: string; to?: string }>({ from, to, ...rest }: T) => ({
  ...rest,
  ...(from && { from: startOf(from).toISOString() }),
  ...(to && { to: startOf(to, 1).toISOString() }),
});

/** Its first moment, by the browser's clock. @param later so many days after it */
function startOf(day: string, later = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date;
}

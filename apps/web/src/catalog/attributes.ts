import { itemFormTexts } from '../texts/items.ts';

const texts = itemFormTexts.attributes;

export interface AttributeRow {
  name: string;
  value: string;
}

export const rowsOf = (attributes: Record<string, string>): AttributeRow[] =>
  Object.entries(attributes).map(([name, value]) => ({ name, value }));

const isEmpty = ({ name, value }: AttributeRow): boolean => name.trim() === '' && value.trim() === '';

/** Rows that were left empty do not count. */
export const attributesOf = (rows: readonly AttributeRow[]): Record<string, string> =>
  Object.fromEntries(rows.filter((row) => !isEmpty(row)).map(({ name, value }) => [name.trim(), value]));

/** What is wrong with the rows as a whole. */
export function attributesError(rows: readonly AttributeRow[]): string | null {
  const names = rows.filter((row) => !isEmpty(row)).map(({ name }) => name.trim());
  if (names.includes('')) return texts.nameless;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : texts.twice(twice);
}

export const areEqual = <T extends Record<string, string> | string[]>(a: T, b: T): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => b[name as keyof T] === value);

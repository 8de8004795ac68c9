import type { Import } from './queries.ts';

/** By heading, what its column is for. */
export type Mapping = Record<string, string>;

const STORAGE = 'stockroom-import-mappings';
const REMEMBERED = 20;

export const mappingOf = ({ reading }: Import): Mapping =>
  Object.fromEntries(
    reading?.columns.filter(({ heading }) => heading !== '').map(({ heading, target }) => [heading, target]) ?? [],
  );

const keyOf = (mapping: Mapping): string => Object.keys(mapping).sort().join('\n');

/** What a person chose the last time for a file with the same headings. */
export function rememberedMapping(current: Mapping): Mapping | undefined {
  return read().find((mapping) => keyOf(mapping) === keyOf(current));
}

/** The last ones are kept, in this browser. */
export function rememberMapping(mapping: Mapping): void {
  const others = read().filter((other) => keyOf(other) !== keyOf(mapping));
  try {
    localStorage.setItem(STORAGE, JSON.stringify([mapping, ...others].slice(0, REMEMBERED)));
  } catch {
    // Storage that is full or switched off costs only the convenience.
  }
}

function read(): Mapping[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isMapping) : [];
  } catch {
    return [];
  }
}

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && Object.values(value).every((target) => typeof target === 'string');

import type { Mapping } from './mapping.ts';

const STORAGE = 'stockroom-import-mappings';
/** How many are kept, in this browser. */
const REMEMBERED = 20;

const keyOf = (mapping: Mapping): string => Object.keys(mapping).sort().join('\n');

/** What a person chose the last time for a file with the same headings. */
export const rememberedMapping = (current: Mapping): Mapping | undefined =>
  read().find((mapping) => keyOf(mapping) === keyOf(current));

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

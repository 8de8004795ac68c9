import { csvLine } from '#csv';
import type { SalesLine } from './sales-file.ts';

/** An article of the catalogue, put together from all that the file says of it. */
export interface CatalogItem {
  sku: string;
  name: string;
  /** Pence, or undefined where the file never names a price. */
  unitCost: number | undefined;
}

/** What tells articles apart: codes that differ only in case are one. */
export const skuKey = (stockCode: string): string => stockCode.toLowerCase();

/**
 * The file's articles: each with its most frequent spelling and description (the code, where there is none) and the
 * median of its prices above zero. The country of a line is its customer's, so it makes no category.
 */
export function catalogItems(lines: SalesLine[]): CatalogItem[] {
  return [...Map.groupBy(lines, ({ stockCode }) => skuKey(stockCode)).values()].map((own) => {
    const sku = mostFrequent(own.map(({ stockCode }) => stockCode))!;
    const name = mostFrequent(own.map(({ description }) => description).filter((text) => text !== ''));
    const unitCost = median(own.map(({ price }) => price).filter((price) => price > 0));
    return { sku, name: (name ?? sku).slice(0, 200).trim(), unitCost };
  });
}

/** The articles as a file for `POST /imports`. */
export const itemsToCsv = (articles: CatalogItem[]): string =>
  [
    ['sku', 'name', 'unitCost'],
    ...articles.map(({ sku, name, unitCost }) => [
      sku,
      name,
      unitCost === undefined ? '' : (unitCost / 100).toFixed(2),
    ]),
  ]
    .map(csvLine)
    .join('');

/** Of two that are as frequent, the first. */
function mostFrequent(texts: string[]): string | undefined {
  const groups = [...Map.groupBy(texts, (text) => text).entries()];
  return groups.sort(([, one], [, other]) => other.length - one.length)[0]?.[0];
}

function median(numbers: number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : mean(sorted[middle - 1], sorted[middle]);
}

const mean = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : Math.round((one + other) / 2);

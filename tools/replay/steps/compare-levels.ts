import type { StockLevel } from '#contracts';
import type { Client } from '../client.ts';
import { keyOf } from '../file/articles.ts';
import { rowsOf } from './pages.ts';

export interface Difference {
  sku: string;
  expected: number;
  onHand: number;
}

/** Every level at the location that is not what it should be; one that is not there counts as 0. */
export async function differences(
  client: Client,
  locationId: string,
  expected: Map<string, number>,
): Promise<Difference[]> {
  const found = new Map<string, number>();
  for await (const { item, onHand } of rowsOf<StockLevel>(client, `/stock?locationId=${locationId}`)) {
    found.set(keyOf(item.sku), onHand);
  }
  return [...new Set([...expected.keys(), ...found.keys()])]
    .map((sku) => ({ sku, expected: expected.get(sku) ?? 0, onHand: found.get(sku) ?? 0 }))
    .filter(({ expected: wanted, onHand }) => wanted !== onHand);
}

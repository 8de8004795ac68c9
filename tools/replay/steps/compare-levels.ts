import type { StockroomClient } from '#client';
import { skuKey } from '../file/catalog-items.ts';

export interface LevelDifference {
  sku: string;
  expected: number;
  onHand: number;
}

/** Every level at the location that is not what it should be; one that is not there counts as 0. */
export async function compareLevels(
  client: StockroomClient,
  locationId: string,
  expected: Map<string, number>,
): Promise<LevelDifference[]> {
  const found = new Map<string, number>();
  for await (const { item, onHand } of client.list('/api/v1/stock', { params: { query: { locationId } } })) {
    found.set(skuKey(item.sku), onHand);
  }
  return [...new Set([...expected.keys(), ...found.keys()])]
    .map((sku) => ({ sku, expected: expected.get(sku) ?? 0, onHand: found.get(sku) ?? 0 }))
    .filter(({ expected: wanted, onHand }) => wanted !== onHand);
}

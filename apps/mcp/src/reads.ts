import type { Schema } from '../../../libs/client/src/index.ts';
import { inputs } from './inputs.ts';
import { type Call, MAX_ROWS, type Tool } from './tool.ts';

const { q, sku, barcode, category, cursor } = inputs.ListItems.properties;

interface ItemQuery {
  q?: string;
  sku?: string;
  low?: boolean;
  sort?: 'available';
  cursor?: string;
}

async function listItems({ api, signal }: Call, query: ItemQuery) {
  const { data } = await api.GET('/api/v1/items', { params: { query: { ...query, limit: MAX_ROWS } }, signal });
  return data;
}

/** Not its description and attributes: they may have 50 kB. */
const ITEM_FIELDS = [
  ...(['sku', 'name', 'barcode', 'category', 'unit', 'reorderPoint'] as const),
  ...(['onHand', 'reserved', 'available'] as const),
];
const itemRow = (item: Schema['Item']) => Object.fromEntries(ITEM_FIELDS.map((name) => [name, item[name]]));

const itemPage = async (call: Call, query: ItemQuery) => {
  const { items, nextCursor } = await listItems(call, query);
  return { items: items.map(itemRow), nextCursor };
};

async function levelsOf(call: Call, { item: sku, cursor }: { item: string; cursor?: string }) {
  const [item] = (await listItems(call, { sku })).items;
  if (!item) return { item: null, hint: 'No item has this SKU. find_items finds items by words.' };
  const query = { itemId: item.id, cursor, limit: MAX_ROWS };
  const { data } = await call.api.GET('/api/v1/stock', { params: { query }, signal: call.signal });
  const levels = data.items.map(({ location: { code }, onHand, reserved, available }) => ({
    ...{ location: code, onHand, reserved, available },
  }));
  return { item: itemRow(item), levels, nextCursor: data.nextCursor };
}

/** For a key of any role. */
export const readTools: Tool[] = [
  {
    name: 'find_items',
    description: `Finds items by words (a typo is tolerated), SKU, barcode or category, with their stock over all locations together: onHand, reserved, and available to ship. At most ${MAX_ROWS} a call.`,
    input: { type: 'object', properties: { q, sku, barcode, category, cursor }, additionalProperties: false },
    run: itemPage,
  },
  {
    name: 'get_levels',
    description: 'The stock of one item at each location.',
    input: {
      type: 'object',
      properties: { item: { ...sku, description: 'Its SKU.' }, cursor },
      required: ['item'],
      additionalProperties: false,
    },
    run: levelsOf,
  },
  {
    name: 'list_low_stock',
    description: `Items of which no more is available than their reorder point, those with least first. At most ${MAX_ROWS} a call.`,
    input: { type: 'object', properties: { category, cursor }, additionalProperties: false },
    run: (call, query: ItemQuery) => itemPage(call, { ...query, low: true, sort: 'available' }),
  },
  {
    name: 'list_locations',
    description: `The locations that stock can be at, by code. At most ${MAX_ROWS} a call.`,
    input: { type: 'object', properties: { cursor }, additionalProperties: false },
    run: async ({ api, signal }, query: { cursor?: string }) => {
      const { data } = await api.GET('/api/v1/locations', { params: { query: { ...query, limit: MAX_ROWS } }, signal });
      return { locations: data.items.map(({ code, name }) => ({ code, name })), nextCursor: data.nextCursor };
    },
  },
];

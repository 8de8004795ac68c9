import type { Locator, Page } from 'playwright-core';
import type { System } from './system.ts';

interface NewItem {
  sku: string;
  name: string;
  category?: string;
  reorderPoint?: number;
}

export interface CreatedItem extends NewItem {
  id: string;
  version: number;
}

/** @returns as many as were given, in their order */
export async function createItems<const Items extends readonly NewItem[]>({ admin }: System, items: Items) {
  const created: CreatedItem[] = [];
  for (const item of items) {
    const { status, body } = await admin.post('/items', { unit: 'each', ...item });
    if (status !== 201) throw new Error(`${item.sku} was not created: ${JSON.stringify(body)}`);
    created.push(body as CreatedItem);
  }
  return created as { -readonly [Index in keyof Items]: CreatedItem };
}

export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: false }) });

/** The SKUs of all rows that the table shows, from the top. */
export const visibleSkus = (page: Page): Promise<string[]> => rowSkus(page.getByRole('row'));

export const rowSkus = (rows: Locator): Promise<string[]> =>
  rows.evaluateAll((rows) =>
    rows.flatMap(
      (row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent).find(Boolean) ?? [],
    ),
  );

import type { Locator, Page } from 'playwright-core';
import type { System } from './system.ts';

interface NewItem {
  sku: string;
  name: string;
  category?: string;
  reorderPoint?: number;
}

export interface MadeItem extends NewItem {
  id: string;
  version: number;
}

export async function makeItems({ admin }: System, items: NewItem[]): Promise<MadeItem[]> {
  const made: MadeItem[] = [];
  for (const item of items) {
    const { status, body } = await admin.post('/items', { unit: 'each', ...item });
    if (status !== 201) throw new Error(`${item.sku} was not made: ${JSON.stringify(body)}`);
    made.push(body as MadeItem);
  }
  return made;
}

export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: false }) });

/** The SKUs of all rows that the table shows, from the top. */
export const itemsInView = (page: Page): Promise<string[]> => skusOf(page.getByRole('row'));

export const skusOf = (rows: Locator): Promise<string[]> =>
  rows.evaluateAll((rows) =>
    rows.flatMap(
      (row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent).find(Boolean) ?? [],
    ),
  );

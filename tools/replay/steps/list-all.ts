import type { Page } from '#contracts';
import type { ApiClient } from '../api-client.ts';

/** Every row of a list, page by page. */
export async function* listAll<T>(client: ApiClient, path: string): AsyncGenerator<T> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<T> = (await client.get<Page<T>>(`${path}&limit=200${cursor && `&cursor=${cursor}`}`)).body;
    yield* page.items;
    cursor = page.nextCursor;
  }
}

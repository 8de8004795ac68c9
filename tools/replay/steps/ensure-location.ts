import type { Location, Page } from '#contracts';
import type { ApiClient } from '../api-client.ts';

/** The id of the location with this code, which is made where there is none. */
export async function ensureLocation(client: ApiClient, code: string, key: string): Promise<string> {
  const { body } = await client.get<Page<Location>>(`/locations?code=${encodeURIComponent(code)}`);
  if (body.items[0]) return body.items[0].id;
  const made = await client.post<Location>('/locations', key, JSON.stringify({ code, name: 'Replayed sales' }));
  return made.body.id;
}

import type { StockroomClient } from '#client';

/** The id of the location with this code, which is made where there is none. */
export async function ensureLocation(client: StockroomClient, code: string, key: string): Promise<string> {
  const { data: found } = await client.GET('/api/v1/locations', { params: { query: { code } } });
  if (found.items[0]) return found.items[0].id;
  const { data: made } = await client.POST('/api/v1/locations', {
    body: { code, name: 'Replayed sales' },
    params: { header: { 'Idempotency-Key': key } },
  });
  return made.id;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { API_KEY } from '../support/database.ts';

export const ADMIN = { email: 'admin@example.com', password: 'chaos has no secrets' };
const ITEMS = 40;
const ON_HAND = 200;
const USERS = 8;

export interface Shop {
  items: string[];
  users: { email: string; password: string }[];
}

/** Items with stock that runs out now and then, and people who work with them. */
export async function openShop(url: string): Promise<Shop> {
  const as = (token: string) => (path: string, body: object) => post(url + path, token, body);
  const { accessToken } = (await post(`${url}/api/v1/sessions`, undefined, ADMIN)) as { accessToken: string };
  const [operator, admin] = [as(API_KEY), as(accessToken)];
  const items: string[] = [];
  for (let n = 0; n < ITEMS; n++) {
    const { id } = (await operator('/api/v1/items', { sku: `CHAOS-${n}`, name: `Item ${n}` })) as { id: string };
    const lines = [{ item: id, location: { code: 'MAIN' }, quantity: ON_HAND }];
    await operator('/api/v1/movements', { type: 'receipt', lines });
    items.push(id);
  }
  const users = Array.from({ length: USERS }, (_, n) => ({
    email: `person-${n}@example.com`,
    password: `a long password ${n}`,
  }));
  for (const { email, password } of users)
    await admin('/api/v1/users', { email, password, name: email.split('@', 1)[0], role: 'operator' });
  return { items, users };
}

async function post(url: string, token: string | undefined, body: object): Promise<unknown> {
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (response.ok) return response.json();
    const text = await response.text();
    if (![429, 503].includes(response.status)) throw new Error(`${url} answered ${response.status}: ${text}`);
    await sleep(1_000);
  }
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Event, WebhookDelivery } from '#contracts';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { pick } from '../../../../test/support/pick.ts';
import { until } from '../../../../test/support/until.ts';
import { WebhookService } from '../../src/webhooks/webhook.service.ts';
import { type NameServer, startNameServer } from '../support/name-server.ts';
import { type Receiver, respondWith, startReceiver } from '../support/receiver.ts';

let api: TestApi;
let names: NameServer;
const receivers: Receiver[] = [];
let item: string;

beforeAll(async () => {
  names = await startNameServer();
  api = await startApi(undefined, { webhooks: { allowedNetworks: ['127.0.0.0/8'], resolver: names.resolver } });
  item = (await api.operator.post('/items', { sku: 'SENT', name: 'Sent' })).body.id as string;
});
afterAll(async () => {
  await api.close();
  await Promise.all(receivers.map((receiver) => receiver.close()));
  await names.close();
});

async function receiver(respond?: Receiver['respond']): Promise<Receiver> {
  const started = await startReceiver(respond);
  receivers.push(started);
  return started;
}

const subscribe = async (url: string, fields: object = {}) =>
  (await api.admin.post('/webhooks', { url, types: ['movement'], ...fields })).body as { id: string; secret: string };
const get = async (id: string) => (await api.admin.get(`/webhooks/${id}`)).body;
const remove = (id: string) => api.admin.delete(`/webhooks/${id}`);
const latest = async () => (await api.admin.get('/events?after=latest')).body.nextCursor as string;
const eventsAfter = async (cursor: string, types = 'movement'): Promise<Event[]> =>
  (await api.admin.get(`/events?after=${cursor}&types=${types}`)).body.items as Event[];
const deliveries = async (id: string, query = ''): Promise<WebhookDelivery[]> =>
  (await api.admin.get(`/webhooks/${id}/deliveries${query}`)).body.items as WebhookDelivery[];

async function receive(count: number): Promise<void> {
  const lines = [{ item, location: { code: 'MAIN' }, quantity: 1 }];
  for (let n = 0; n < count; n++) await api.operator.post('/movements', { type: 'receipt', lines });
}

/** The time of the next attempt comes. */
const hasten = (id: string) =>
  api.database.query(sql`
    UPDATE webhook_progress SET next_attempt_at = now() WHERE webhook_id = ${id} AND next_attempt_at IS NOT NULL`);
const verify = (secret: string, { body, headers }: { body: string; headers: Record<string, string> }) =>
  new Verifier(secret).verify(body, headers);

describe('a webhook', () => {
  it('gets each event of its types from its creation on, once and in order, as the feed has it, with a signature that the Standard Webhooks library verifies', async () => {
    await receive(1);
    const start = await latest();
    const shop = await receiver();
    const { id, secret } = await subscribe(shop.url);
    await receive(3);
    await api.operator.patch(`/items/${item}`, { name: 'Sent on' });
    await receive(2);
    await until('all are there', () => shop.requests.length >= 5);
    const events = await eventsAfter(start);
    expect(shop.requests.map((request) => verify(secret, request))).toEqual(events);
    expect(shop.ids()).toEqual(events.map((event) => event.id));
    expect(pick(shop.requests[0]!.headers, 'content-type', 'user-agent')).toEqual({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^Stockroom-Webhooks\/\d/) as unknown,
    });
    await until('all are in the log', async () => (await deliveries(id)).length === 5);
    expect((await deliveries(id)).reverse()).toEqual(
      events.map((event) => ({
        id: expect.any(String),
        eventId: event.id,
        eventType: 'movement.posted',
        trigger: 'event',
        state: 'delivered',
        attempt: 1,
        status: 204,
        reason: null,
        durationMs: expect.any(Number),
        createdAt: expect.any(String),
      })),
    );
    await remove(id);
  });

  it('goes on with the same event and the same webhook-id after a failure, and keeps the order', async () => {
    const start = await latest();
    let refusals = 2;
    const shop = await receiver((response) => response.writeHead(refusals-- > 0 ? 500 : 200).end());
    const { id } = await subscribe(shop.url);
    await receive(3);
    await until('it has failed once', async () => (await get(id)).failingSince !== null);
    expect(await get(id)).toEqual(expect.objectContaining({ enabled: true, nextAttemptAt: expect.any(String) }));
    await until('all are there', async () => {
      await hasten(id);
      return shop.requests.length >= 5;
    });
    const [first, second, third] = (await eventsAfter(start)).map((event) => event.id) as [string, string, string];
    expect(shop.ids()).toEqual([first, first, first, second, third]);
    await until('all are in the log', async () => (await deliveries(id)).length === 5);
    expect((await deliveries(id)).reverse().map((one) => pick(one, 'eventId', 'state', 'attempt', 'status', 'reason'))).toEqual([
      { eventId: first, state: 'failed', attempt: 1, status: 500, reason: 'The response was 500.' },
      { eventId: first, state: 'failed', attempt: 2, status: 500, reason: 'The response was 500.' },
      { eventId: first, state: 'delivered', attempt: 3, status: 200, reason: null },
      { eventId: second, state: 'delivered', attempt: 1, status: 200, reason: null },
      { eventId: third, state: 'delivered', attempt: 1, status: 200, reason: null },
    ]); // prettier-ignore
    expect(pick(await get(id), 'failingSince', 'nextAttemptAt')).toEqual({ failingSince: null, nextAttemptAt: null });
    expect((await deliveries(id, '?state=failed')).length).toBe(2);
    await remove(id);
  });

  it('is not delayed by others that hang, fail, redirect, send without end or close the connection, each of which says in its log what happened', async () => {
    const target = await receiver();
    let isEndlessClosed = false;
    const responses: Record<string, Receiver['respond']> = {
      hangs: () => undefined,
      fails: respondWith(503, { 'retry-after': '600' }),
      redirects: respondWith(307, { location: target.url }),
      closes: (_response, _received, request) => request.socket.destroy(),
      endless: (response) => {
        response.writeHead(200, { 'content-type': 'text/plain' }).on('close', () => (isEndlessClosed = true));
        const write = () => {
          while (!isEndlessClosed && response.write(Buffer.alloc(64 * 1024)));
        };
        response.on('drain', write);
        write();
      },
    };
    const others = await Promise.all(
      Object.entries(responses).map(async ([name, respond]) => {
        const server = await receiver(respond);
        return { name, server, id: (await subscribe(server.url)).id };
      }),
    );
    const shop = await receiver();
    const { id } = await subscribe(shop.url);
    await receive(5);
    await until('all are there', () => shop.requests.length >= 5);
    const hanging = others.find(({ name }) => name === 'hangs')!;
    expect((await deliveries(hanging.id)).length).toBe(0);
    await until('the response without end is closed', () => isEndlessClosed);
    const results = await Promise.all(
      others.map(async ({ name, id: other }) => {
        const log = await until(`${name} is in the log`, async () => {
          const found = await deliveries(other);
          return found.length > 0 && found;
        });
        return [name, pick(log.at(-1)!, 'state', 'status', 'reason')];
      }),
    );
    expect(Object.fromEntries(results)).toEqual({
      hangs: { state: 'failed', status: null, reason: 'There was no response within 10 s.' },
      fails: { state: 'failed', status: 503, reason: 'The response was 503.' },
      redirects: { state: 'failed', status: 307, reason: 'The response was 307; redirects are not followed.' },
      closes: { state: 'failed', status: null, reason: expect.stringMatching(/^The request failed: [A-Z_]+\.$/) },
      endless: { state: 'delivered', status: 200, reason: null },
    });
    expect(target.requests).toEqual([]);
    const failing = await get(others.find(({ name }) => name === 'fails')!.id);
    expect(Date.parse(failing.nextAttemptAt as string) - Date.parse(failing.failingSince as string)).toBeGreaterThanOrEqual(599_000); // prettier-ignore
    for (const webhook of [id, ...others.map((other) => other.id)]) await remove(webhook);
  });

  it('sends nothing to a name that resolves to an address that is not public, also where it resolved to another one before', async () => {
    const shop = await receiver();
    names.addresses['rebind.test'] = ['127.0.0.1'];
    names.addresses['mixed.test'] = ['127.0.0.1', '10.0.0.1'];
    names.addresses['six.test'] = ['::1'];
    const at = (name: string) => subscribe(`http://${name}:${shop.port}/`);
    const { id } = await at('rebind.test');
    await receive(1);
    await until('it is sent', () => shop.requests.length === 1);
    names.addresses['rebind.test'] = ['169.254.169.254'];
    shop.closeConnections();
    const all = { 'rebind.test': id, 'mixed.test': (await at('mixed.test')).id, 'six.test': (await at('six.test')).id, 'missing.test': (await at('missing.test')).id }; // prettier-ignore
    await receive(1);
    const reasons: Record<string, unknown> = {};
    for (const [name, webhook] of Object.entries(all))
      reasons[name] = (
        await until(`${name} has failed`, async () => (await deliveries(webhook, '?state=failed'))[0])
      ).reason;
    expect(reasons).toEqual({
      'rebind.test': 'An address of rebind.test is not public (linkLocal); nothing was sent.',
      'mixed.test': 'An address of mixed.test is not public (private); nothing was sent.',
      'six.test': 'An address of six.test is not public (loopback); nothing was sent.',
      'missing.test': 'missing.test does not resolve to any address.',
    });
    expect(shop.requests).toHaveLength(1);
    for (const webhook of Object.values(all)) await remove(webhook);
  });

  it('is disabled when every attempt has failed for 24 hours, which the feed tells, and goes on where it was when it is enabled again', async () => {
    const start = await latest();
    const shop = await receiver(respondWith(500));
    const { id } = await subscribe(shop.url, { description: 'Failing' });
    await receive(2);
    await until('it fails', async () => (await get(id)).failingSince !== null);
    await api.database.query(sql`
      UPDATE webhook_progress SET failing_since = now() - interval '24 hours', next_attempt_at = now() WHERE webhook_id = ${id}`);
    await until('it is disabled', async () => !(await get(id)).enabled);
    expect((await get(id)).disabledReason).toBe('failing');
    const [told] = (await eventsAfter(start, 'webhook.disabled')).map((event) => pick(event, 'resourceId', 'createdBy', 'data')); // prettier-ignore
    expect(told).toEqual({
      resourceId: id,
      createdBy: expect.objectContaining({ kind: 'system' }),
      data: { description: 'Failing', enabled: false, disabledReason: 'failing' },
    });
    shop.respond = respondWith(204);
    const attempts = shop.requests.length;
    await receive(1);
    const { body } = await api.admin.patch(`/webhooks/${id}`, { enabled: true });
    expect(pick(body, 'enabled', 'disabledReason', 'failingSince')).toEqual({ enabled: true, disabledReason: null, failingSince: null }); // prettier-ignore
    await until('all are there', () => shop.requests.length >= attempts + 3);
    expect(shop.ids().slice(attempts)).toEqual((await eventsAfter(start)).map((event) => event.id));
    await remove(id);
  });

  it('is disabled at once by a response of 410', async () => {
    const shop = await receiver(respondWith(410));
    const { id } = await subscribe(shop.url);
    await receive(1);
    await until('it is disabled', async () => !(await get(id)).enabled);
    expect((await get(id)).disabledReason).toBe('gone');
    await remove(id);
  });

  it('sends with the secret before as well for a day after a rotation', async () => {
    const shop = await receiver();
    const { id, secret } = await subscribe(shop.url);
    const rotated = await api.admin.post(`/webhooks/${id}/secret`);
    expect(pick(rotated, 'status')).toEqual({ status: 200 });
    await receive(1);
    await until('it is there', () => shop.requests.length === 1);
    const next = rotated.body.secret as string;
    expect(next).not.toBe(secret);
    expect(verify(next, shop.requests[0]!)).toEqual(verify(secret, shop.requests[0]!));
    await api.database.query(sql`UPDATE webhook SET previous_secret_until = now() WHERE id = ${id}`);
    await api.admin.patch(`/webhooks/${id}`, { description: 'A day later' });
    await receive(1);
    await until('the next is there', () => shop.requests.length === 2);
    expect(() => verify(secret, shop.requests[1]!)).toThrow('No matching signature found');
    expect(verify(next, shop.requests[1]!)).toEqual(expect.objectContaining({ type: 'movement.posted' }));
    await remove(id);
  });

  it('whose secret cannot be read after a change of SIGNING_KEY sends nothing, says so, and goes on with a new one', async () => {
    const shop = await receiver();
    const { id } = await subscribe(shop.url);
    // As it is for a task with another key.
    await api.database.query(sql`UPDATE webhook SET secret = (SELECT encode(sha256('x'), 'hex')), version = version + 1 WHERE id = ${id}`); // prettier-ignore
    await receive(1);
    const [failed] = await until('it has failed', async () => {
      const found = await deliveries(id);
      return found.length > 0 && found;
    });
    expect(pick(failed!, 'state', 'reason')).toEqual({
      state: 'failed',
      reason: 'SIGNING_KEY was changed since the secret was made: rotate the secret.',
    });
    const { secret } = (await api.admin.post(`/webhooks/${id}/secret`)).body as { secret: string };
    await until('it is there', () => shop.requests.length === 1);
    expect(verify(secret, shop.requests[0]!)).toEqual(expect.objectContaining({ type: 'movement.posted' }));
    await remove(id);
  });

  it('gets the events of types that it is given by a change, from the change on', async () => {
    const shop = await receiver();
    const { id } = await subscribe(shop.url);
    await receive(1);
    await until('the first is there', () => shop.requests.length === 1);
    const start = await latest();
    await api.admin.patch(`/webhooks/${id}`, { types: ['item', 'movement'] });
    await api.operator.patch(`/items/${item}`, { name: 'Sent again' });
    await receive(1);
    await until('both are there', () => shop.requests.length === 3);
    expect(shop.ids().slice(1)).toEqual((await eventsAfter(start, 'item,movement')).map((event) => event.id));
    await remove(id);
  });

  it('gets nothing more once it is disabled or deleted', async () => {
    const shops = [await receiver(), await receiver()] as const;
    const [disabled, deleted] = [await subscribe(shops[0].url), await subscribe(shops[1].url)];
    const other = await receiver();
    const { id } = await subscribe(other.url);
    await api.admin.patch(`/webhooks/${disabled.id}`, { enabled: false });
    await remove(deleted.id);
    await receive(2);
    await until('another has them', () => other.requests.length === 2);
    await receive(1);
    await until('another has the next', () => other.requests.length === 3);
    expect(shops.map((shop) => shop.requests)).toEqual([[], []]);
    for (const webhook of [disabled.id, id]) await remove(webhook);
  });
});

describe('a delivery that a person asks for', () => {
  it('of a test is made once, also for a webhook that is disabled', async () => {
    const shop = await receiver(respondWith(500));
    const { id, secret } = await subscribe(shop.url, { enabled: false });
    const reply = await api.admin.post(`/webhooks/${id}/test`, undefined, { 'idempotency-key': id });
    expect(reply.status).toBe(202);
    expect(reply.body).toEqual({
      id: expect.any(String),
      eventId: expect.stringMatching(/^test-[\da-f-]{36}$/),
      eventType: 'webhook.test',
      trigger: 'test',
      state: 'queued',
      attempt: 1,
      status: null,
      reason: null,
      durationMs: null,
      createdAt: expect.any(String),
    });
    const log = await until('it is made', async () => {
      const found = await deliveries(id);
      return found[0]!.state !== 'queued' && found;
    });
    expect(log).toEqual([{ ...reply.body, state: 'failed', status: 500, reason: 'The response was 500.', durationMs: expect.any(Number) }]); // prettier-ignore
    expect((await api.admin.post(`/webhooks/${id}/test`, undefined, { 'idempotency-key': id })).body).toEqual(
      reply.body,
    );
    expect(shop.requests.map((request) => verify(secret, request))).toEqual([
      {
        id: reply.body.eventId,
        type: 'webhook.test',
        createdAt: new Date(reply.body.createdAt as string).toISOString(),
        createdBy: { id: '00000000-0000-7000-8000-000000000000', kind: 'system', name: 'Stockroom' },
        resourceId: id,
        version: null,
        data: {},
      },
    ]);
    await remove(id);
  });

  it('sends the event of a delivery again, under the same webhook-id', async () => {
    const shop = await receiver();
    const { id } = await subscribe(shop.url);
    await receive(1);
    const [first] = await until('it is in the log', async () => {
      const found = await deliveries(id);
      return found.length > 0 && found;
    });
    const reply = await api.admin.post(`/webhooks/${id}/deliveries/${first!.id}/redeliver`);
    expect(pick(reply.body, 'eventId', 'trigger', 'attempt')).toEqual({ eventId: first!.eventId, trigger: 'redelivery', attempt: 2 }); // prettier-ignore
    await until('it is there', () => shop.requests.length === 2);
    expect(shop.requests[1]!.id).toBe(shop.requests[0]!.id);
    expect(JSON.parse(shop.requests[1]!.body)).toEqual(JSON.parse(shop.requests[0]!.body));
    const { id: other } = await subscribe(shop.url);
    expect((await api.admin.post(`/webhooks/${other}/deliveries/${first!.id}/redeliver`)).status).toBe(404);
    for (const webhook of [id, other]) await remove(webhook);
  });

  it('is refused where 20 of the webhook wait', async () => {
    const shop = await receiver(() => undefined);
    const { id } = await subscribe(shop.url, { enabled: false });
    for (let n = 0; n < 20; n++) expect((await api.admin.post(`/webhooks/${id}/test`)).status).toBe(202);
    const { status, body } = await api.admin.post(`/webhooks/${id}/test`);
    expect({ status, detail: body.detail }).toEqual({
      status: 409,
      detail: '20 deliveries of this webhook wait to be sent. Try again when they are.',
    });
    await until('the first hangs', () => shop.requests.length > 0);
    shop.closeConnections();
    await remove(id);
  });
});

it('forgets deliveries that are older than 7 days', async () => {
  const shop = await receiver();
  const { id } = await subscribe(shop.url);
  await receive(2);
  await until('both are in the log', async () => (await deliveries(id)).length === 2);
  const [kept, old] = await deliveries(id);
  await api.database.query(
    sql`UPDATE webhook_delivery SET id = uuidv7(interval '-7 days -1 minute') WHERE id = ${old!.id}`,
  );
  await api.app.get(WebhookService, { strict: false }).deleteOldDeliveries();
  expect((await deliveries(id)).map((one) => one.id)).toEqual([kept!.id]);
  await remove(id);
});

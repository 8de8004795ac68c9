import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { problem, response } from '../../../../test/support/responses.ts';
import { pick } from '../../../../test/support/pick.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const url = 'https://shop.example.com/stockroom-events';
/** It sends nothing: most of these tests are not about what is sent. */
const create = async (fields: object = {}) =>
  (await api.admin.post('/webhooks', { url, enabled: false, ...fields })).body;
const ANY_TIME = expect.stringMatching(/^\d{4}-.*\+00:00$/) as unknown;

describe('a webhook', () => {
  it('is created at the end of the feed, with a secret that is shown this once', async () => {
    const { body: feed } = await api.admin.get('/events?after=latest');
    const reply = await api.admin.post('/webhooks', {
      url,
      types: ['movement', 'item.archived'],
      description: 'Web shop',
    });
    const { secret, ...webhook } = reply.body as { secret: string; id: string };
    expect(reply).toEqual(
      response(
        201,
        {
          id: expect.any(String),
          url,
          types: ['movement', 'item.archived'],
          description: 'Web shop',
          enabled: true,
          disabledReason: null,
          failingSince: null,
          nextAttemptAt: null,
          deliveredUpTo: feed.nextCursor,
          version: 1,
          createdAt: ANY_TIME,
          updatedAt: ANY_TIME,
          secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        },
        { location: `/api/v1/webhooks/${webhook.id}` },
      ),
    );
    await api.admin.patch(`/webhooks/${webhook.id}`, { enabled: false });
    for (const path of [
      `/webhooks/${webhook.id}`,
      '/webhooks',
      '/events?types=webhook',
      `/webhooks/${webhook.id}/deliveries`,
    ]) {
      const found = await api.admin.get(path);
      expect({ path, status: found.status, shown: JSON.stringify(found.body).includes(secret) }).toEqual({ path, status: 200, shown: false }); // prettier-ignore
    }
    const [stored] = await api.database.query<{ text: string }>(sql`SELECT webhook::text AS text FROM webhook WHERE id = ${webhook.id}`); // prettier-ignore
    expect(stored!.text).not.toContain(secret.slice(6));
  });

  it('has the same secret in the response to a repetition with the same idempotency key, whose record does not hold it', async () => {
    const headers = { 'idempotency-key': 'webhook-once' };
    const [first, second] = [
      await api.admin.post('/webhooks', { url, enabled: false }, headers),
      await api.admin.post('/webhooks', { url, enabled: false }, headers),
    ];
    expect(second.body).toEqual(first.body);
    const records = await api.database.query<{ body: string }>(sql`SELECT body FROM idempotency_key WHERE key = 'webhook-once'`); // prettier-ignore
    expect(records.map(({ body }) => body.includes(first.body.secret as string))).toEqual([false]);
  });

  it('is changed, and told of in the feed without its URL', async () => {
    const { id } = await create({ description: 'Before' });
    const { body: feed } = await api.admin.get('/events?after=latest');
    const changed = await api.admin.patch(`/webhooks/${id}`, { description: 'After', types: null, enabled: true });
    await api.admin.patch(`/webhooks/${id}`, { enabled: false });
    expect((await api.admin.delete(`/webhooks/${id}`)).status).toBe(204);
    expect((await api.admin.get(`/webhooks/${id}`)).status).toBe(404);
    expect(pick(changed.body, 'description', 'types', 'version')).toEqual({
      description: 'After',
      types: null,
      version: 2,
    });
    const { body: told } = await api.admin.get(`/events?types=webhook&after=${feed.nextCursor}`);
    expect(JSON.stringify(told)).not.toContain('shop.example.com');
    expect(told.items.map((event: any) => pick(event, 'type', 'resourceId', 'version', 'data'))).toEqual([
      { type: 'webhook.updated', resourceId: id, version: 2, data: { description: 'After', enabled: true, disabledReason: null } },
      { type: 'webhook.disabled', resourceId: id, version: 3, data: { description: 'After', enabled: false, disabledReason: null } },
      { type: 'webhook.removed', resourceId: id, version: 3, data: { description: 'After', enabled: false, disabledReason: null } },
    ]); // prettier-ignore
  });

  it('is not changed, deleted or given a new secret by a request that names another version', async () => {
    const { id } = await create();
    const stale = { 'if-match': '"7"' };
    for (const reply of [
      await api.admin.patch(`/webhooks/${id}`, { enabled: true }, stale),
      await api.admin.delete(`/webhooks/${id}`, stale),
      await api.admin.post(`/webhooks/${id}/secret`, undefined, stale),
    ])
      expect(reply).toEqual(problem('precondition-failed', { headers: { etag: '"1"' } }));
    const { body, headers } = await api.admin.get(`/webhooks/${id}`);
    expect(body.version).toBe(1);
    expect((await api.admin.get(`/webhooks/${id}`, { 'if-none-match': headers.etag! })).status).toBe(304);
  });

  it('is refused where 50 are there, and taken again when one is deleted', async () => {
    const there = (await api.admin.get('/webhooks?limit=200')).body.items as { id: string }[];
    for (let count = there.length; count < 50; count++) await create();
    expect(await api.admin.post('/webhooks', { url })).toEqual(
      problem('conflict', { detail: 'There are 50 webhooks, which is the most. Delete one first.' }),
    );
    await api.admin.delete(`/webhooks/${there[0]!.id}`);
    expect((await api.admin.post('/webhooks', { url, enabled: false })).status).toBe(201);
  });
});

describe('a URL is refused:', () => {
  it.each([
    ['shop.example.com', 'must be a URL, such as https://shop.example.com/stockroom-events'],
    ['http://shop.example.com/', 'must begin with https://'],
    ['ftp://shop.example.com/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://user:word@shop.example.com/', 'must not hold a user name or a password: the receiver verifies the signature instead'],
    ['https://user@shop.example.com/', 'must not hold a user name or a password: the receiver verifies the signature instead'],
    ['https://shop.example.com/#part', 'must not hold a fragment (#…): it would not be sent'],
    ['https://127.0.0.1/', 'names the address 127.0.0.1, which is not public (loopback)'],
    ['https://2130706433/', 'names the address 127.0.0.1, which is not public (loopback)'],
    ['https://0x7f.1:8443/', 'names the address 127.0.0.1, which is not public (loopback)'],
    ['https://0/', 'names the address 0.0.0.0, which is not public (unspecified)'],
    ['https://10.1.2.3/', 'names the address 10.1.2.3, which is not public (private)'],
    ['https://169.254.169.254/latest/meta-data', 'names the address 169.254.169.254, which is not public (linkLocal)'],
    ['https://168.63.129.16/', 'names the address 168.63.129.16, which is not public (metadata)'],
    ['https://[::1]/', 'names the address ::1, which is not public (loopback)'],
    ['https://[::ffff:8.8.8.8]/', 'names the address ::ffff:808:808, which is not public (ipv4Mapped)'],
    ['https://[64:ff9b::a00:1]/', 'names the address 64:ff9b::a00:1, which is not public (rfc6052)'],
    ['https://[fd00:ec2::254]/', 'names the address fd00:ec2::254, which is not public (uniqueLocal)'],
  ])('%s', async (refused, detail) => {
    const reply = await api.admin.post('/webhooks', { url: refused });
    expect(reply).toEqual(problem('invalid-fields', { errors: [{ pointer: '/url', detail }] }));
    const { id } = (await api.admin.get('/webhooks?limit=1')).body.items[0] as { id: string };
    expect((await api.admin.patch(`/webhooks/${id}`, { url: refused })).status).toBe(422);
  }); // prettier-ignore
});

describe('the types of a webhook are refused:', () => {
  it.each([[['items']], [['item', 'item']], [[]], ['item'], [[1]], [[null]]])('%j', async (types) => {
    const { status, body } = await api.admin.post('/webhooks', { url, types });
    expect({ status, pointer: body.errors[0].pointer }).toEqual({ status: 422, pointer: '/types' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { createPerson, PASSWORD } from '../../../../test/support/people.ts';
import { until } from '../../../../test/support/until.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { ProxiedClient } from '../support/proxied-client.ts';
import { watch } from '../support/seen.ts';
import { problem } from '../../../../test/support/responses.ts';

/** Trusted proxies in front of the gateway. */
const HOPS = [0, 1, 2, 3];
const RATE = 40;

/** By the proxies that it trusts. The gateway is one more hop in front of the API. */
const apis: TestApi[] = [];
const gateways: TestGateway[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const trustedHops of [...HOPS, HOPS.length])
    apis.push(await startApi({ ...database, drop: () => Promise.resolve() }, { trustedHops }));
  for (const hops of HOPS)
    gateways.push(
      await startGateway(apis[hops + 1]!.url, {
        trust: { hops, headers: new Set() },
        rateLimit: { capacity: RATE, perSecond: 0.001 },
        limits: { maxInFlightPerClient: 2 },
      }),
    );
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  for (const api of apis) await api.close();
  await database.drop();
});

/** Both ways to sign in: by the gateway's own route, and forwarded. */
const WAYS = ['/session', '/api/v1/sessions'];
const STRAIGHT = ['/api/v1/sessions'];

describe.each(HOPS)('behind %i trusted proxies, whatever a client writes into X-Forwarded-For,', (hops) => {
  const through = (host: number) => new ProxiedClient(gateways[hops]!.url, hops, `127.0.${hops}.${host}`);
  /** To the API without the gateway. */
  const straight = (host: number) => new ProxiedClient(apis[hops]!.url, hops, `127.0.${hops}.${host}`);

  async function guess(client: ProxiedClient, ways: string[], email: string, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let n = 0; n < times; n++)
      statuses.push((await client.post(ways[n % ways.length]!, { email, password: `a wrong one, ${n}` })).status);
    return statuses;
  }

  it.each([
    ['the gateway', through, WAYS, 10],
    ['the API alone', straight, STRAIGHT, 20],
  ])('%s delays password guessing by the client’s address, and no one else', async (_, clientAt, ways, host) => {
    const { email } = await createPerson(apis[0]!);
    const [attacker, other] = [clientAt(host), clientAt(host + 1)];
    expect(await guess(attacker, ways, email, 7)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await guess(other, ways, email, 2)).toEqual([401, 401]);
    expect((await other.post(ways[0]!, { email, password: PASSWORD })).status).toBe(201);
  });

  it('a sign-in makes the client’s network known, once', async () => {
    const { email, id } = await createPerson(apis[0]!);
    const known = async () => (await apis[0]!.database.query(sql`SELECT FROM known_network WHERE user_id = ${id}`)).length; // prettier-ignore
    const [first, second] = [through(30), through(31)];
    for (const way of [...WAYS, ...WAYS])
      expect((await first.post(way, { email, password: PASSWORD })).status).toBe(201);
    expect((await straight(30).post(STRAIGHT[0]!, { email, password: PASSWORD })).status).toBe(201);
    expect(await known()).toBe(1);
    expect((await second.post(WAYS[0]!, { email, password: PASSWORD })).status).toBe(201);
    expect(await known()).toBe(2);
  });

  it('the API is told the addresses that trusted proxies saw, and the gateway’s peer', async () => {
    const seen = watch(apis[hops + 1]!);
    const client = through(40);
    for (const way of WAYS) await client.post(way, {});
    await client.post(WAYS[0]!, { email: 'a@example.com', password: 'b' });
    const peer = hops === 0 ? `127.0.${hops}.40` : '127.0.0.1';
    const chain = [...client.forwardedFor, peer].join(', ');
    expect(seen.map(({ headers }) => headers['x-forwarded-for'])).toEqual([chain, chain]);
  });

  it('the shares of requests in progress are the client’s', async () => {
    const client = through(50);
    const body = { email: 'a@example.com', password: 'b' };
    const inProgress = async (count: number) =>
      until(`${count} requests in progress`, async () =>
        (await gateways[hops]!.metrics.registry.metrics()).includes(`gateway_in_flight{service="gateway"} ${count}\n`),
      );
    const { held } = await apis[0]!.database.transaction(async (tx) => {
      await tx.query(sql`LOCK TABLE user_account IN ACCESS EXCLUSIVE MODE`);
      const held = WAYS.map((way) => client.post(way, body));
      await inProgress(2);
      for (const way of WAYS) {
        const refused = await client.post(way, body);
        expect(refused).toEqual(problem('too-many-requests', { detail: expect.stringContaining('in progress') }));
      }
      held.push(through(51).post(WAYS[0]!, body));
      await inProgress(3);
      // In an object: what a transaction returns is awaited before it ends.
      return { held };
    });
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('the rate limit is the client’s', async () => {
    const client = through(60);
    const statusOf = async (of: ProxiedClient, n: number) =>
      (await of.send('GET', ['/session', '/api/v1/items'][n % 2]!)).status;
    const statuses: number[] = [];
    for (let n = 0; n < RATE + 4; n++) statuses.push(await statusOf(client, n));
    expect(statuses.map((status) => status === 429)).toEqual([...Array<boolean>(RATE).fill(false), ...Array<boolean>(4).fill(true)]); // prettier-ignore
    expect(await statusOf(through(61), 0)).toBe(200);
    expect(await statusOf(through(61), 1)).toBe(401);
  });

  it('no line of the log holds what the client claims', () => {
    expect(gateways[hops]!.log.length).toBeGreaterThan(0);
    expect(gateways[hops]!.log.filter((line) => /6\.6\.\d|7\.7\.7\.|2001:db8|unknown-\d/.test(line))).toEqual([]);
  });
});

it('an address that a trusted proxy names with its port is the same client whatever the port', async () => {
  const { email } = await createPerson(apis[0]!);
  const statuses: number[] = [];
  for (let n = 0; n < 7; n++) {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.7:${5000 + n}` };
    const body = JSON.stringify({ email, password: `a wrong one, ${n}` });
    const url = n % 2 ? `${gateways[1]!.url}/session` : `${apis[1]!.url}/api/v1/sessions`;
    statuses.push((await fetch(url, { method: 'POST', headers, body })).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
});

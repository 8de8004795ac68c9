import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Random } from '../../apps/api/src/demo/random.ts';
import type { Shop } from './shop.ts';
import { Tally } from './tally.ts';

/** What normal users saw, and what the ledger must hold at the end. */
export interface Observations {
  statuses: Tally;
  violations: Tally;
  /** Movements that were acknowledged: their ids by the reference that each has alone. */
  acknowledged: Map<string, string>;
  /** References of movements that were refused. */
  refused: Set<string>;
  /** Time to the final response of each operation, its retries included, in ms. */
  times: number[];
}

/** Until an operation succeeds: longer than any fault lasts. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 300;
const PAUSE_MS = 60;

interface Reply {
  status: number;
  body: { id?: string; accessToken?: string };
}

/** A person who works as the API's documentation says: retries what may be retried, with the same key. */
export class User {
  private token = '';
  private readonly agent: Agent;
  private readonly url: string;
  private readonly who: Shop['users'][number];
  private readonly items: string[];
  private readonly seen: Observations;
  private readonly random: Random;

  constructor(
    url: string,
    { who, items, address }: { who: Shop['users'][number]; items: string[]; address: string },
    seen: Observations,
    random: Random,
  ) {
    this.url = url;
    this.who = who;
    this.items = items;
    this.seen = seen;
    this.random = random;
    this.agent = new Agent({ connect: { localAddress: address }, headersTimeout: 40_000, bodyTimeout: 40_000 });
  }

  async work(isOver: () => boolean): Promise<void> {
    await this.signIn();
    const operations = [() => this.move(), () => this.reserve(), () => this.read()];
    while (!isOver()) {
      const begin = performance.now();
      if (this.random.int(0, 99) === 0) await this.signIn();
      else await this.random.pick(operations)();
      this.seen.times.push(performance.now() - begin);
      await sleep(this.random.int(0, 2 * PAUSE_MS - 1));
    }
    await this.agent.close();
  }

  private async signIn(): Promise<void> {
    const reply = await this.untilDone('sign in', () => this.send('POST', '/sessions', this.who), [201]);
    this.token = reply?.body.accessToken ?? '';
  }

  private async move(): Promise<void> {
    const reference = randomUUID();
    const item = this.random.pick(this.items);
    const lines = [{ item, location: { code: 'MAIN' }, quantity: this.random.int(1, 20) }];
    const body = { type: this.random.pick(['receipt', 'issue']), reference, lines };
    const reply = await this.untilDone('move', () => this.send('POST', '/movements', body, reference), [201, 409]);
    if (reply?.status === 201) this.seen.acknowledged.set(reference, reply.body.id!);
    if (reply?.status === 409) this.seen.refused.add(reference);
  }

  private async reserve(): Promise<void> {
    const [key, next] = [randomUUID(), randomUUID()];
    const lines = [{ item: this.random.pick(this.items), location: { code: 'MAIN' }, quantity: 3 }];
    const reply = await this.untilDone(
      'reserve',
      () => this.send('POST', '/reservations', { lines, ttlSeconds: 60 }, key),
      [201, 409],
    );
    if (reply?.status !== 201) return;
    const ending = this.random.pick(['commit', 'release', 'nothing']);
    // It may have expired in the meantime.
    if (ending !== 'nothing')
      await this.untilDone(ending, () => this.send('POST', `/reservations/${reply.body.id}/${ending}`, {}, next), [200, 201, 409]); // prettier-ignore
  }

  private async read(): Promise<void> {
    const item = this.random.pick(this.items);
    const path = this.random.pick(['/items?limit=20', `/items/${item}`, '/movements?limit=20', '/stock?limit=50']);
    await this.untilDone('read', () => this.send('GET', path), [200]);
  }

  /** @returns the final reply; undefined where there was none in time, which is a violation */
  private async untilDone(what: string, send: () => Promise<Reply>, right: number[]): Promise<Reply | undefined> {
    const end = performance.now() + PATIENCE_MS;
    const own = new Tally();
    const count = (outcome: string) => {
      own.add(outcome);
      this.seen.statuses.add(outcome);
    };
    while (performance.now() < end) {
      const reply = await send().catch((error: NodeJS.ErrnoException) => {
        count(error.code ?? error.name);
        return undefined;
      });
      if (reply) {
        count(String(reply.status));
        if (right.includes(reply.status) && !isKeyInUse(reply)) return reply;
        if (reply.status === 401 && what !== 'sign in') await this.signIn();
        else if (![429, 500, 502, 503, 504].includes(reply.status) && !isKeyInUse(reply)) {
          this.seen.violations.add(`${what} answered ${reply.status}`);
          return reply;
        }
        if (reply.status === 500) this.seen.violations.add(`${what} answered 500`);
      }
      await sleep(RETRY_MS + this.random.int(0, RETRY_MS - 1));
    }
    this.seen.violations.add(`${what} had no success within ${PATIENCE_MS / 1000} s (${own.text})`);
    return undefined;
  }

  private async send(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Reply> {
    const response = await request(`${this.url}/api/v1${path}`, {
      dispatcher: this.agent,
      method,
      headers: {
        ...(this.token && path !== '/sessions' && { authorization: `Bearer ${this.token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: text ? (JSON.parse(text) as Reply['body']) : {} };
  }
}

/** The first request with the key still runs, perhaps on a task that is gone. */
const isKeyInUse = ({ body }: Reply): boolean => (body as { type?: string }).type === '/api/problems/key-in-use';

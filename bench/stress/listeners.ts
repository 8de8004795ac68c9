import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type Bench, issueOf } from '../api/suite.ts';
import { someItems } from '../support/catalogue.ts';
import { compared, figure, inTurn } from '../support/figures.ts';
import { load } from '../support/load.ts';
import { ADMIN, startApi } from '../support/processes.ts';

/** As many as one task of the API lets in for ten callers. */
const KEYS = 10;
const STREAMS_PER_KEY = 20;
/** Each posts, waits for its response, and rests: about 200 movements a second. */
const CALM = { connections: 20, pauseMs: 100, seconds: 10 };

interface Heard {
  events: number;
  /** From the beginning of the change's transaction, in ms. */
  p99: number;
}

/** Programs that are told of every movement, 200 by streams and one by a webhook, while others post. */
export const listeners: Bench = async (suite) => {
  const database = await suite.shop();
  const { items, location } = await someItems(database, 1_000);
  const requests = items.map((item) => issueOf(item, location));
  const api = await startApi(database, undefined, { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' });
  const admin = await Admin.signIn(api.url);
  const keys = await Promise.all(Array.from({ length: KEYS }, (_, n) => admin.makeKey(`Listener ${n}`)));
  const [calm, storm] = [[] as Heard[][], [] as Heard[][]];
  const whileHeard = async (heard: Heard[][], work: () => Promise<number>): Promise<number> => {
    const all = await Listeners.start(api.url, keys);
    const id = await admin.addWebhook(all.webhookUrl);
    const rate = await work();
    heard.push(await all.stop());
    await admin.send('DELETE', `/webhooks/${id}`);
    return rate;
  };
  const rates: number[] = [];
  for (let round = 0; round < suite.size.rounds; round++)
    rates.push(await whileHeard(calm, () => load(api.url, requests, { ...suite.size, ...CALM })));
  const pairs = await inTurn(suite.size.rounds, {
    ours: () => whileHeard(storm, () => load(api.url, requests, suite.size)),
    peer: () => load(api.url, requests, suite.size),
  });
  const peak = api.peakMiB();
  await api.stop();
  const p99 = (of: 0 | 1) => calm.map((heard) => heard[of]!.p99);
  return [
    compared(`movements while ${KEYS * STREAMS_PER_KEY} streams and a webhook are told, against without`, 'movements/s', pairs, { atLeast: 0.9 }), // prettier-ignore
    figure('movements that were posted for the two figures below', 'movements/s', rates, {}),
    figure('99th percentile from a transaction’s begin to every stream', 'ms', p99(0), { atMost: 1_000 }),
    figure('99th percentile from a transaction’s begin to the webhook’s request', 'ms', p99(1), { atMost: 1_000 }),
    figure('largest resident set', 'MiB', [peak], { atMost: 256 }),
  ];
};

/** The listeners, in a process of their own. */
class Listeners {
  readonly webhookUrl: string;
  private readonly child: ChildProcess;
  private readonly lines: Interface;

  private constructor(child: ChildProcess, lines: Interface, webhookUrl: string) {
    this.child = child;
    this.lines = lines;
    this.webhookUrl = webhookUrl;
  }

  static async start(url: string, keys: string[]): Promise<Listeners> {
    const program = join(import.meta.dirname, '../support/listeners.ts');
    const args = [program, url, keys.join(), `${STREAMS_PER_KEY}`];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const [webhookUrl] = (await once(lines, 'line')) as [string];
    return new Listeners(child, lines, webhookUrl);
  }

  /** @returns what the streams heard, and what the webhook did */
  async stop(): Promise<Heard[]> {
    this.child.stdin!.end();
    const [heard] = (await once(this.lines, 'line')) as [string];
    return JSON.parse(heard) as Heard[];
  }
}

/** Makes what the listeners need. */
class Admin {
  private readonly url: string;
  private readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string): Promise<Admin> {
    const { accessToken } = await new Admin(url, '').send<{ accessToken: string }>('POST', '/sessions', ADMIN);
    return new Admin(url, accessToken);
  }

  async makeKey(name: string): Promise<string> {
    return (await this.send<{ key: string }>('POST', '/api-keys', { name, role: 'viewer' })).key;
  }

  async addWebhook(url: string): Promise<string> {
    return (await this.send<{ id: string }>('POST', '/webhooks', { url, types: ['movement'] })).id;
  }

  async send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

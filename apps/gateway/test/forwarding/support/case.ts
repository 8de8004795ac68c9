import type { Limits } from '../../../src/proxy/limits/limits.ts';
import type { TrustableHeader } from '../../../src/proxy/rules/trust.ts';
import { type Message, values } from './http-text.ts';
import { RawClient } from './raw-client.ts';
import { RawUpstream } from './raw-upstream.ts';

/** What a proxy under test is told; one that has no such setting ignores it. */
export interface Settings {
  trustedHops?: number;
  trustedHeaders?: TrustableHeader[];
  limits?: Partial<Limits>;
}

export interface Proxy {
  port: number;
  close(): Promise<void>;
}

/** Starts some proxy in front of an upstream: Stockroom's, or a peer's for comparison. */
export type StartProxy = (upstreamUrl: string, settings: Settings) => Promise<Proxy>;

export interface Case {
  /** A sentence about behaviour. */
  name: string;
  settings?: Settings;
  run: (context: Context) => Promise<void>;
}

/** Cases that one rule of the design, or one section of an RFC, asks for. */
export interface Rule {
  rule: string;
  cases: Case[];
}

export type Reply = Message & { status: number; interim: string[] };

/** Both sides of a proxy. */
export class Context {
  private readonly clients: RawClient[] = [];

  constructor(
    readonly upstream: RawUpstream,
    private readonly proxy: Proxy,
  ) {}

  readonly client = (): RawClient => {
    const client = new RawClient(this.proxy.port);
    this.clients.push(client);
    return client;
  };

  /** One request on a connection of its own. */
  readonly ask = async (
    bytes: string | Buffer,
    options: { head?: boolean; deadlineMs?: number } = {},
  ): Promise<Reply> => this.client().send(bytes).reply(options);

  closeClients(): void {
    for (const client of this.clients) client.destroy();
  }
}

/** Runs one case with a fresh upstream and a fresh proxy. */
export async function runCase({ run, settings = {} }: Case, startProxy: StartProxy): Promise<void> {
  const upstream = await new RawUpstream().listen();
  const proxy = await startProxy(upstream.url, settings);
  const context = new Context(upstream, proxy);
  try {
    await run(context);
  } finally {
    context.closeClients();
    await upstream.close();
    await proxy.close();
  }
}

/** A request with one Host and the given further lines. */
export const get = (target: string, ...lines: string[]): string => request('GET', target, lines);

export const request = (method: string, target: string, lines: string[] = [], body = ''): string =>
  [`${method} ${target} HTTP/1.1`, 'Host: shop.example', ...lines, '', body].join('\r\n');

export const field = (message: { fields: [string, string][] }, name: string): string | undefined =>
  values(message.fields, name).join(', ') || undefined;

import type { Figure } from '../support/figures.ts';
import type { LoadOptions, Request } from '../support/load.ts';

/** How long and how large. */
export interface Size extends LoadOptions {
  rounds: number;
  /** For the resident set. */
  manyConnections: number;
  /** Of a large body, each way. */
  bodyBytes: number;
}

export const full: Size = { rounds: 7, seconds: 5, connections: 64, manyConnections: 256, bodyBytes: 2 ** 30 };
export const quick: Size = { rounds: 1, seconds: 1, connections: 64, manyConnections: 256, bodyBytes: 2 ** 26 };

export type Bench = (size: Size) => Promise<Figure[]>;

const base64 = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');

/** An access token that is good for a day as far as the gateway can see; the upstream of this bench believes everything. */
const token = `${base64({ alg: 'HS256' })}.${base64({ sub: 'bench', exp: Math.floor(Date.now() / 1000) + 86_400 })}.c2ln`;

/** What a page of the web interface asks for, with its session: the same bytes to every proxy. */
export const small: Request = {
  method: 'GET',
  path: '/api/v1/items?limit=20',
  headers: { accept: 'application/json', 'user-agent': 'bench', cookie: `stockroom-access=${token}` },
};

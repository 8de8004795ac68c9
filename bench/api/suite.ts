import { fillCatalogue } from '../support/catalogue.ts';
import { API_KEY, type Server } from '../support/database.ts';
import type { Figure } from '../support/figures.ts';
import type { LoadOptions, Request } from '../support/load.ts';

/** How long and how large. */
export interface Size extends LoadOptions {
  rounds: number;
  /** Items of the catalogue that is listed, searched and booked on. */
  items: number;
  /** Rows that the deepest page and the largest import have before them. */
  million: number;
}

export const full: Size = { rounds: 7, seconds: 5, connections: 32, items: 100_000, million: 1_000_000 };
export const quick: Size = { rounds: 1, seconds: 1, connections: 32, items: 2_000, million: 20_000 };

/** What every bench gets. */
export class Suite {
  readonly server: Server;
  readonly size: Size;
  private catalogue: Promise<string> | undefined;

  constructor(server: Server, size: Size) {
    this.server = server;
    this.size = size;
  }

  /** The database that most benches share. @returns its URL */
  shop(): Promise<string> {
    this.catalogue ??= this.server.create('shop').then(async (url) => {
      await fillCatalogue(url, this.size.items);
      return url;
    });
    return this.catalogue;
  }
}

export type Bench = (suite: Suite) => Promise<Figure[]>;

export const AUTHORIZATION = { authorization: `Bearer ${API_KEY}` };

export const get = (path: string): Request => ({ method: 'GET', path: `/api/v1${path}`, headers: AUTHORIZATION });

/** An issue of one piece, for the API and for its peers alike. */
export const issueOf = (item: string, location: string): Request => ({
  method: 'POST',
  path: '/api/v1/movements',
  headers: { ...AUTHORIZATION, 'content-type': 'application/json' },
  body: JSON.stringify({ type: 'issue', lines: [{ item, location, quantity: 1 }] }),
});

/** A reservation of one piece. */
export const holdOf = (item: string, location: string): Request => ({
  method: 'POST',
  path: '/api/v1/reservations',
  headers: { ...AUTHORIZATION, 'content-type': 'application/json' },
  body: JSON.stringify({ ttlSeconds: 3_600, lines: [{ item, location, quantity: 1 }] }),
});

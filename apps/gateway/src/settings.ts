import type { RateLimit } from './proxy/limits/rate-limit.ts';
import type { Trust } from './proxy/rules/trust.ts';

/** What the gateway's modules must know of their environment. */
export class Settings {
  constructor(
    /** Scheme, host and port of the API. */
    readonly inventoryApiUrl: string,
    /** Scheme, host and port by which browsers reach the gateway. Default: what the request says. */
    readonly publicOrigin: string | undefined,
    readonly trust: Trust,
    readonly rateLimit: RateLimit | undefined,
  ) {}
}

import type { RateLimit } from './forwarding/index.ts';

/** What the parts of the gateway must know of the place that they run in. */
export class Settings {
  constructor(
    /** Scheme, host and port of the API. */
    readonly inventoryApiUrl: string,
    /** Scheme, host and port by which browsers reach the gateway, where the request does not say so. */
    readonly publicOrigin: string | undefined,
    readonly rateLimit: RateLimit | undefined,
  ) {}
}

/** Header fields that a client can set as well as a proxy: used only where the trusted proxies are known to replace them. */
export const TRUSTABLE_HEADERS = ['x-forwarded-host', 'x-request-id', 'traceparent'] as const;
export type TrustableHeader = (typeof TRUSTABLE_HEADERS)[number];

/** Which header fields the gateway accepts from the proxies in front of it. */
export interface Trust {
  /** Proxies that are ours: as many entries of `X-Forwarded-For` are accepted, from the right, and `X-Forwarded-Proto`. */
  readonly hops: number;
  /** What the outermost of them sets itself, whatever the client sent. */
  readonly headers: ReadonlySet<TrustableHeader>;
}

export const TRUST_NOTHING: Trust = { hops: 0, headers: new Set() };

import type { IncomingMessage } from 'node:http';
import type { TimeLimits } from './limits/timeouts.ts';
import type { RateLimit } from './limits/rate-limit.ts';
import type { Refusal } from './rules/refusal.ts';
import type { ClientInfo } from './rules/forwarded.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { TraceContext } from './rules/trace-context.ts';
import type { MessageLimits } from './rules/validate-request.ts';
import type { DnsOptions } from './upstream/dns.ts';

/** Durations in milliseconds, sizes in bytes. */
export interface Limits extends TimeLimits, MessageLimits {
  /** For a client to send a whole header. */
  readonly headersMs: number;
  /** For a client to send the whole body of a request to one of the gateway's own routes. */
  readonly ownBodyMs: number;
  /** How long the rest of a body is read and dropped after a response that did not wait for it. */
  readonly lingerMs: number;
  readonly maxBodyBytes: number;
  /** Paths that take larger bodies. */
  readonly largeBodies: readonly { readonly under: string; readonly maxBytes: number }[];
  /** All header fields together, in requests and in responses. */
  readonly maxHeaderBytes: number;
  /** Requests in progress. */
  readonly maxInFlight: number;
  /** Requests in progress of one client address, person or key. */
  readonly maxInFlightPerClient: number;
  /** Requests in progress of one network: /24 (IPv4) or /64 (IPv6). */
  readonly maxInFlightPerNetwork: number;
  /** Open connections of clients. */
  readonly maxConnections: number;
  /** Open connections of one client address. */
  readonly maxConnectionsPerClient: number;
  /** Open connections of one network. */
  readonly maxConnectionsPerNetwork: number;
  /** Failures of the upstream in a row, after which nothing is forwarded for `breakerOpenMs`. */
  readonly breakerFailures: number;
  readonly breakerOpenMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  connectMs: 3_000,
  firstByteMs: 30_000,
  idleBodyMs: 60_000,
  requestMs: 900_000,
  headersMs: 15_000,
  ownBodyMs: 10_000,
  lingerMs: 2_000,
  maxBodyBytes: 1024 * 1024,
  largeBodies: [],
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxUrlBytes: 8 * 1024,
  maxInFlight: 1_000,
  maxInFlightPerClient: 300,
  maxInFlightPerNetwork: 500,
  maxConnections: 4_000,
  maxConnectionsPerClient: 1_000,
  maxConnectionsPerNetwork: 2_000,
  breakerFailures: 10,
  breakerOpenMs: 500,
};

/** A request that is about to be forwarded. */
export interface ForwardedRequest {
  readonly request: IncomingMessage;
  readonly target: string;
  readonly client: ClientInfo;
  readonly trace: TraceContext;
}

/** What a hook changes before a request is forwarded. */
export interface HookResult {
  /** Fields, by names in lower case, that the upstream must not see. */
  readonly removeHeaders?: readonly string[];
  /** Further fields for the upstream. */
  readonly addHeaders?: Readonly<HeaderList>;
  /** Further fields of the response, of the gateway's own error responses, too. */
  readonly responseHeaders?: Readonly<HeaderList>;
}

/** Decides on a request before it is forwarded. A returned or thrown refusal is the response. */
export type ForwardHook = (
  request: ForwardedRequest,
) => HookResult | Refusal | undefined | Promise<HookResult | Refusal | undefined>;

/** How a request ended, for logs and metrics. */
export interface RequestRecord extends ForwardedRequest {
  readonly method: string;
  /** The status sent to the client; 0 where it went away before any response. */
  readonly status: number;
  readonly durationMs: number;
  /** Why the gateway itself responded, or cut the response off. Undefined where the upstream's response passed whole. */
  readonly refusal: string | undefined;
  /** How far the upstream got: nothing was sent, no response came, the response broke off, or it came whole. */
  readonly upstream: 'untouched' | 'silent' | 'broken' | 'answered';
  /** Attempts beyond the first. */
  readonly retries: number;
  /** The error behind a refusal, for the log only. */
  readonly cause: unknown;
}

export interface ProxyOptions extends DnsOptions {
  /** Scheme, host and port: `http://127.0.0.1:3000`. */
  upstream: string;
  limits?: Partial<Limits> | undefined;
  /** Fields of every response, error responses included. Default: none. */
  responseHeaders?: Readonly<HeaderList> | undefined;
  /** Default: none. */
  rateLimit?: RateLimit | undefined;
  /** Who signed a request, where it is known: one principal gets a share of the requests in progress. Default: unknown. */
  principalOf?: ((request: IncomingMessage) => string | undefined) | undefined;
  /** Default: none. */
  beforeForward?: ForwardHook | undefined;
  /** Called once for each request. */
  onRequestEnd?: ((record: RequestRecord) => void) | undefined;
  /** While true, responses close their connection. */
  isDraining?: (() => boolean) | undefined;
  /** Milliseconds that never go back. Default: `performance.now`. */
  clock?: (() => number) | undefined;
}

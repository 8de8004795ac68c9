import type { MessageLimits } from '../rules/message-limits.ts';

/** Durations in milliseconds, checked to within an eighth of the shortest. */
export interface TimeLimits {
  /** Until the upstream has accepted a connection. */
  readonly connectMs: number;
  /** From the end of the request to the first byte of the response. */
  readonly firstByteMs: number;
  /** Without a byte in a body, in either direction. */
  readonly idleBodyMs: number;
  /** From the request's header to the response's last byte. */
  readonly requestMs: number;
}

export interface BodyLimits {
  readonly maxBodyBytes: number;
  /** Paths that take larger bodies. */
  readonly largeBodies: readonly { readonly under: string; readonly maxBytes: number }[];
}

/** Durations in milliseconds, sizes in bytes. */
export interface Limits extends BodyLimits, MessageLimits, TimeLimits {
  /** For a client to send a whole header. */
  readonly headersMs: number;
  /** For a client to send the whole body of a request to one of the gateway's own routes. */
  readonly ownBodyMs: number;
  /** How long the rest of a body is read and dropped after a response that did not wait for it. */
  readonly lingerMs: number;
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

import type { HeaderList } from '../http1/index.ts';
import type { ClientRequest } from './connection/client-request.ts';
import type { RateLimit } from './limits/rate-limit.ts';
import type { Refusal } from './refusal.ts';
import type { Resolve } from './upstream/addresses.ts';

/** Durations in milliseconds, sizes in bytes. Durations are kept to within an eighth of the shortest of them. */
export interface Limits {
  /** Until the upstream has accepted a connection. Default: 3,000. */
  connectMs: number;
  /** From the end of the request to the first byte of the answer. Default: 30,000. */
  firstByteMs: number;
  /** Without a byte moving in a body, either way. Default: 60,000. */
  idleBodyMs: number;
  /** From the request's head to the answer's last byte. Default: 900,000. */
  requestMs: number;
  /** For a client to send a whole head. Default: 15,000. */
  headersMs: number;
  /** How long what a client still sends is read and dropped after an answer that did not wait for it. Default: 2,000. */
  lingerMs: number;
  /** Default: 1 MiB. */
  maxBodyBytes: number;
  /** Paths that take larger bodies. Default: none. */
  largeBodies: readonly { under: string; maxBytes: number }[];
  /** All header fields together, in requests and in answers. Default: 16 KiB. */
  maxHeaderBytes: number;
  /** Default: 100. */
  maxHeaders: number;
  /** Default: 8 KiB. */
  maxUrlBytes: number;
  /** Requests being forwarded at once; one more is refused with 503. Default: 1,000. */
  maxInFlight: number;
  /** Failures of the upstream in a row, after which it is left alone for `breakerOpenMs`. Default: 10. */
  breakerFailures: number;
  /** Default: 500. */
  breakerOpenMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  connectMs: 3_000,
  firstByteMs: 30_000,
  idleBodyMs: 60_000,
  requestMs: 900_000,
  headersMs: 15_000,
  lingerMs: 2_000,
  maxBodyBytes: 1024 * 1024,
  largeBodies: [],
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxUrlBytes: 8 * 1024,
  maxInFlight: 1_000,
  breakerFailures: 10,
  breakerOpenMs: 500,
};

/** A request on its way, as hooks see it. */
export interface Forwarding {
  readonly request: ClientRequest;
  /** The path and query that go up. */
  readonly target: string;
  readonly requestId: string;
  readonly traceparent: string;
  /** The client as the outermost trusted hop saw it. */
  readonly clientAddress: string;
  /** `http` or `https`, as the client speaks it. */
  readonly proto: string;
  /** What goes up: a hook may change it (`setHeader`, `removeHeader`). */
  readonly headers: HeaderList;
  /** What is added to the answer, the gateway's own refusals included: a hook may push. */
  readonly answerHeaders: HeaderList;
}

/** How a request ended, for logs and metrics. */
export interface Ended {
  readonly request: ClientRequest;
  readonly method: string;
  readonly target: string;
  /** What the client got; 0 where it went away before any answer. */
  readonly status: number;
  readonly durationMs: number;
  readonly requestId: string;
  readonly traceparent: string;
  readonly clientAddress: string;
  /** Why the gateway itself answered, or cut the answer off. Undefined where the upstream's answer passed whole. */
  readonly refusal: string | undefined;
  /** How far the upstream got: nothing was sent, no answer came, it broke off, or it answered whole. */
  readonly upstream: 'untouched' | 'silent' | 'broken' | 'answered';
  /** Attempts beyond the first. */
  readonly retries: number;
  /** What lay behind a refusal. It goes to the log only. */
  readonly cause: unknown;
}

export interface ForwarderOptions {
  /** Scheme, host and port of what stands behind: `http://127.0.0.1:3000`. */
  upstream: string;
  /** How many proxies before us are ours. Default: 0. */
  trustedHops?: number;
  limits?: Partial<Limits>;
  /** What every answer carries besides its own fields, the gateway's refusals included. Default: nothing. */
  answerHeaders?: Readonly<HeaderList>;
  /** Default: none. */
  rateLimit?: RateLimit;
  /** Whether the server that the forwarder is attached to answers a target itself. Default: none. */
  isOwn?: (target: string) => boolean;
  /** The last word before a request goes up, e.g. a cookie into `Authorization`. A returned or thrown refusal is the answer. */
  prepare?: (forwarding: Forwarding) => Refusal | undefined | Promise<Refusal | undefined>;
  /** Called once for each request that was not `isOwn`. */
  observe?: (ended: Ended) => void;
  /** Called with a word where bytes were refused that never became a request. */
  refused?: (reason: string) => void;
  /** While true, answers close their connection. */
  draining?: () => boolean;
  /** Milliseconds that never go back. Default: `performance.now`. */
  clock?: () => number;
  /** Default: the system's resolver. */
  resolve?: Resolve;
  /** How old a resolved address may be. Default: 10,000. */
  resolveEveryMs?: number;
}

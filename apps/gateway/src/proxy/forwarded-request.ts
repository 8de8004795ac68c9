import type { ClientInfo } from './rules/forwarded.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { Refusal } from './rules/refusal.ts';
import type { ServerRequest } from './rules/server-request.ts';
import type { TraceContext } from './rules/trace-context.ts';

/** A request that is about to be forwarded. */
export interface ForwardedRequest {
  readonly request: ServerRequest;
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
  readonly upstream: 'not-sent' | 'no-response' | 'incomplete' | 'complete';
  /** Attempts beyond the first. */
  readonly retries: number;
  /** The error behind a refusal, for the log only. */
  readonly cause: unknown;
}

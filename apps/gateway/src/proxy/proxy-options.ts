import type { IncomingMessage } from 'node:http';
import type { ForwardHook, RequestRecord } from './forwarded-request.ts';
import type { Limits } from './limits/limits.ts';
import type { RateLimit } from './limits/rate-limit.ts';
import type { HeaderList } from './rules/header-list.ts';
import type { DnsOptions } from './upstream/dns.ts';

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

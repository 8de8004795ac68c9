import { IsOptional, Matches } from 'class-validator';
import { paths, ports } from '#runtime';
import { ServiceEnvironment, IntegerVariable } from '#service';
import { DEFAULT_LIMITS, type Limits } from './forwarding/index.ts';

/** Scheme, host and perhaps a port. */
const ORIGIN = /^https?:\/\/[^/?#@\s]+\/?$/;

const Milliseconds = (): PropertyDecorator => IntegerVariable(10, 24 * 3600_000);
const Bytes = (): PropertyDecorator => IntegerVariable(1024, 2 ** 40);

/** Everything that the gateway takes from its environment. */
export class GatewayEnvironment extends ServiceEnvironment {
  @IntegerVariable(0, 65535)
  PORT: number = ports.gateway;

  @IntegerVariable(0, 65535)
  METRICS_PORT: number = ports.gatewayMetrics;

  /** What stands behind: on AWS the name of the API's load balancer. */
  @Matches(ORIGIN, { message: 'INVENTORY_API_URL must be scheme, host and port only, such as http://127.0.0.1:3000' })
  INVENTORY_API_URL = `http://127.0.0.1:${ports.api}`;

  /** How browsers reach the gateway, where neither `Host` nor the trusted hops say so. Default: what the request says. */
  @IsOptional()
  @Matches(ORIGIN, { message: 'PUBLIC_URL must be scheme, host and port only, such as https://stockroom.example.com' })
  PUBLIC_URL?: string;

  @Bytes()
  MAX_BODY_BYTES = DEFAULT_LIMITS.maxBodyBytes;

  /** The largest file that an import takes. */
  @Bytes()
  IMPORT_MAX_BYTES = 512 * 1024 ** 2;

  /** Until the API has accepted a connection. */
  @Milliseconds()
  CONNECT_TIMEOUT_MS = DEFAULT_LIMITS.connectMs;

  /** From the end of the request to the first byte of the answer. */
  @Milliseconds()
  FIRST_BYTE_TIMEOUT_MS = DEFAULT_LIMITS.firstByteMs;

  /** Without a byte moving in a body, either way. */
  @Milliseconds()
  IDLE_BODY_TIMEOUT_MS = DEFAULT_LIMITS.idleBodyMs;

  /** From the request's head to the answer's last byte. */
  @Milliseconds()
  REQUEST_TIMEOUT_MS = DEFAULT_LIMITS.requestMs;

  /** For a client to send a whole head. */
  @Milliseconds()
  HEADERS_TIMEOUT_MS = DEFAULT_LIMITS.headersMs;

  /** Requests being forwarded at once. */
  @IntegerVariable(1, 100_000)
  MAX_IN_FLIGHT = DEFAULT_LIMITS.maxInFlight;

  /** Requests that come back to each caller each second. 0: no limit. */
  @IntegerVariable(0, 1_000_000)
  RATE_LIMIT_PER_SECOND = 100;

  /** Requests that a caller may make at once. */
  @IntegerVariable(1, 1_000_000)
  RATE_LIMIT_BURST = 500;

  get limits(): Partial<Limits> {
    return {
      connectMs: this.CONNECT_TIMEOUT_MS,
      firstByteMs: this.FIRST_BYTE_TIMEOUT_MS,
      idleBodyMs: this.IDLE_BODY_TIMEOUT_MS,
      requestMs: this.REQUEST_TIMEOUT_MS,
      headersMs: this.HEADERS_TIMEOUT_MS,
      maxBodyBytes: this.MAX_BODY_BYTES,
      largeBodies: [{ under: `${paths.api}/imports`, maxBytes: this.IMPORT_MAX_BYTES }],
      maxInFlight: this.MAX_IN_FLIGHT,
    };
  }

  get rateLimit(): { capacity: number; perSecond: number } | undefined {
    if (this.RATE_LIMIT_PER_SECOND === 0) return undefined;
    return { capacity: this.RATE_LIMIT_BURST, perSecond: this.RATE_LIMIT_PER_SECOND };
  }
}

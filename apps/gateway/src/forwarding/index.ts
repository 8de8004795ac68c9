export { Forwarder, type ForwarderStats } from './forwarder.ts';
export { type Asking, type Forwarded, judgedForwarded } from './headers/forwarded.ts';
export { RateLimit, type RateLimitOptions } from './limits/rate-limit.ts';
export { TokenBuckets } from './limits/token-buckets.ts';
export { DEFAULT_LIMITS, type Ended, type Forwarding, type ForwarderOptions, type Limits } from './options.ts';
export { type Refusal } from './refusal.ts';

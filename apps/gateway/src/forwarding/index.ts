export { createForwarder, type Forwarder, type ForwarderStats, serverOptions } from './forwarder.ts';
export { type Forwarded, forwardedOf } from './headers/forwarded.ts';
export { type HeaderList, removeHeader, setHeader } from './headers/header-list.ts';
export { RateLimit, type RateLimitOptions } from './limits/rate-limit.ts';
export { TokenBuckets } from './limits/token-buckets.ts';
export { DEFAULT_LIMITS, type Ended, type Forwarding, type ForwarderOptions, type Limits } from './options.ts';
export { type Refusal } from './refusal.ts';

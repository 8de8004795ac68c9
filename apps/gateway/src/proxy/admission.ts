import { BreakerPermit } from './limits/breaker-permit.ts';
import type { CircuitBreaker } from './limits/circuit-breaker.ts';
import type { FairShare, SlotHolder, Slot } from './limits/fair-share.ts';
import type { RetryBudget } from './limits/retry-budget.ts';
import type { ForwardedRequest } from './forwarded-request.ts';
import type { ProxyOptions } from './proxy-options.ts';
import type { HeaderList } from './rules/header-list.ts';
import { type Refusal, unavailable } from './rules/refusal.ts';

/** What decides whether a request is forwarded. */
export interface AdmissionLimits {
  readonly options: Pick<ProxyOptions, 'rateLimit' | 'principalOf'>;
  /** Slots for requests in progress, those of the gateway's own routes included. */
  readonly share: FairShare;
  readonly breaker: CircuitBreaker;
  readonly retries: RetryBudget;
}

export interface Admission {
  /** Further fields of the response, also where it is a refusal. */
  readonly headers: Readonly<HeaderList>;
  readonly result: { readonly refusal: Refusal } | { readonly permit: BreakerPermit; readonly slot: Slot };
}

const BREAKER_OPEN = unavailable('breaker-open', 'The service behind the gateway is unavailable. Nothing was done.');
const NO_HEADERS: Readonly<HeaderList> = [];

/** Takes a request off its caller's rate, gives it a slot among the requests in progress, and asks the circuit breaker. */
export function admit(holder: SlotHolder, { request, client }: ForwardedRequest, limits: AdmissionLimits): Admission {
  const { options, share, breaker, retries } = limits;
  const { address, network } = client;
  const limited = options.rateLimit?.check(request, address);
  const headers = limited?.headers ?? NO_HEADERS;
  if (limited?.refusal) return { headers, result: { refusal: limited.refusal } };
  const acquired = share.acquire(holder, { address, network, principal: options.principalOf?.(request) });
  if ('refusal' in acquired) return { headers, result: acquired };
  const { slot } = acquired;
  if (!breaker.admit()) {
    share.release(slot);
    return { headers, result: { refusal: BREAKER_OPEN } };
  }
  retries.deposit();
  return { headers, result: { permit: new BreakerPermit(breaker), slot } };
}

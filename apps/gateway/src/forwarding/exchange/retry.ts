import type { RetryBudget } from '../limits/retry-budget.ts';
import type { Fault } from '../upstream/faults.ts';
import type { Exchange } from './exchange.ts';

/**
 * Whether a failed attempt may be made once more: only where nothing can have happened. That is so where no connection came
 * about, and, for what may be repeated, where a connection that had served before broke without a word: it was dead already.
 * @param usedLine whether the connection had served another request before
 */
export function mayRetry(
  { method, retries, upstream, upload, request }: Exchange,
  fault: Fault,
  usedLine: boolean,
  budget: RetryBudget,
): boolean {
  if (retries > 0 || !(fault.unreached || (fault.lost && usedLine && upstream === 'silent'))) return false;
  if (fault.kind === 'gateway-timeout') return false; // The time has been spent.
  if (fault.lost) {
    const repeatable = method === 'GET' || method === 'HEAD' || request.headers['idempotency-key'] !== undefined;
    if (!repeatable) return false;
  }
  if (upload && !upload.repeatable) return false;
  return budget.withdraw();
}

import type { ForwardHook, ForwardedRequest, HookResult } from './forwarded-request.ts';
import { isRefusal, type Refusal } from './rules/refusal.ts';

export type HookOutcome = { readonly result: HookResult } | { readonly refusal: Refusal; readonly cause: unknown };

const HOOK_FAILED: Refusal = {
  kind: 'internal',
  detail: 'The request could not be served. It is safe to retry it later.',
  reason: 'hook-failed',
};

/** Runs a hook, and calls back at once or later: with its result, or with the refusal that it returned or threw. */
export function runHook(hook: ForwardHook, request: ForwardedRequest, onOutcome: (outcome: HookOutcome) => void): void {
  const succeed = (result: HookResult | Refusal | undefined) =>
    onOutcome(isRefusal(result) ? { refusal: result, cause: undefined } : { result: result ?? {} });
  const fail = (error: unknown) => onOutcome({ refusal: isRefusal(error) ? error : HOOK_FAILED, cause: error });
  let result: ReturnType<ForwardHook>;
  try {
    result = hook(request);
  } catch (error) {
    return fail(error);
  }
  if (result instanceof Promise) result.then(succeed, fail);
  else succeed(result);
}

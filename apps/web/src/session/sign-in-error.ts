import { ApiProblem, NetworkError } from '../api/problem.ts';
import { signInTexts as texts } from '../texts/sign-in.ts';

/** Why a request of a person who is not signed in failed. */
export function signInErrorText(error: Error): string {
  if (error instanceof NetworkError) return texts.away;
  if (error instanceof ApiProblem && error.status === 429) return texts.throttled(error.retryAfter);
  return error.message;
}

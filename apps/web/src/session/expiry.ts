import { Store } from '../api/store.ts';

/** Whether the session has ended in the middle of work, so that the sign-in dialog is shown. */
export const sessionExpired = new Store(false);

let waiting: PromiseWithResolvers<void> | undefined;

/** Fulfilled when the person has signed in again, for all requests that wait. */
export function waitForSignIn(): Promise<void> {
  waiting ??= Promise.withResolvers<void>();
  sessionExpired.set(true);
  return waiting.promise;
}

export function completeSignIn(): void {
  sessionExpired.set(false);
  waiting?.resolve();
  waiting = undefined;
}

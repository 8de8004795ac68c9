import { Store } from '../api/store.ts';

/** Whether the session has ended in the middle of work, so that the sign-in dialog is shown. */
export const expired = new Store(false);

let waiting: PromiseWithResolvers<void> | undefined;

/** Fulfilled when the person has signed in again, for all requests that wait. */
export function signedInAgain(): Promise<void> {
  waiting ??= Promise.withResolvers<void>();
  expired.set(true);
  return waiting.promise;
}

export function resume(): void {
  expired.set(false);
  waiting?.resolve();
  waiting = undefined;
}

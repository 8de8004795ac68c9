import { Store } from './store.ts';

/** How often an API that is unreachable is asked whether it is back, in milliseconds. */
const HEALTH_CHECK_MS = 2_000;
const HEALTH = '/health';
const UNAVAILABLE_STATUSES = new Set([502, 503, 504]);

/** Whether the API responds, as far as this page has seen. */
export const reachable = new Store(true);

export const isUnavailable = ({ status }: Response): boolean => UNAVAILABLE_STATUSES.has(status);

/** Called with what each request has shown. While the API is unreachable, it is asked again until it is back. */
export function reportReachable(isReachable: boolean): void {
  if (isReachable === reachable.get()) return;
  reachable.set(isReachable);
  if (!isReachable) scheduleHealthCheck();
}

/** Fulfilled as soon as the API responds. */
export function whenReachable(): Promise<void> {
  if (reachable.get()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = reachable.subscribe(() => {
      if (!reachable.get()) return;
      stop();
      resolve();
    });
  });
}

function scheduleHealthCheck(): void {
  setTimeout(() => {
    if (reachable.get()) return;
    fetch(HEALTH, { cache: 'no-store' }).then(
      ({ ok }) => (ok ? reachable.set(true) : scheduleHealthCheck()),
      () => scheduleHealthCheck(),
    );
  }, HEALTH_CHECK_MS);
}

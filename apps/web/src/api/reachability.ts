import { Store } from './store.ts';

/** How often an API that is away is asked whether it is back, in milliseconds. */
const ASK_MS = 2_000;
const HEALTH = '/health';
const AWAY = new Set([502, 503, 504]);

/** Whether the API answers, as far as this page has seen. */
export const reachable = new Store(true);

export const saysAway = ({ status }: Response): boolean => AWAY.has(status);

/** Called with what each request has shown. While the API is away, it is asked again until it is back. */
export function noteReachable(isReachable: boolean): void {
  if (isReachable === reachable.get()) return;
  reachable.set(isReachable);
  if (!isReachable) askLater();
}

function askLater(): void {
  setTimeout(() => {
    if (reachable.get()) return;
    fetch(HEALTH, { cache: 'no-store' }).then(
      ({ ok }) => (ok ? reachable.set(true) : askLater()),
      () => askLater(),
    );
  }, ASK_MS);
}

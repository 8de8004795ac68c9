import { type ComponentType, lazy } from 'react';
import { PageLoadError } from '../api/problem.ts';
import { reportReachable, whenReachable } from '../api/reachability.ts';

/** A part of a page whose script is loaded when it is first shown. Without a network, it comes when the network is back. */
export const lazyPart = <Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) => lazy(async () => ({ default: (await loadOrWait(load))[name] }));

async function loadOrWait<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await loadScript(load);
  } catch {
    reportReachable(false);
    await whenReachable();
    return loadScript(load).catch(failedToLoad);
  }
}

/** Before each further attempt to load a script, in milliseconds. */
const PAUSES_MS = [0, 300, 1_000];

/**
 * A change of the network, as from Wi-Fi to a cable, aborts what is under way (net::ERR_NETWORK_CHANGED), also where the
 * server stays reachable: the script is loaded again, three times within some two seconds.
 */
export async function loadScript<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}

/** It is gone from the server, where another version is by now: the page as a whole must be loaded again. */
export function failedToLoad(cause: unknown): never {
  reportReachable(false);
  throw new PageLoadError('The page’s script did not load.', { cause });
}

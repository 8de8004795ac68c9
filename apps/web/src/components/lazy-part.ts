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
    return await load();
  } catch {
    reportReachable(false);
    await whenReachable();
    return load().catch(failedToLoad);
  }
}

/** It is gone from the server, where another version is by now: the page as a whole must be loaded again. */
export function failedToLoad(cause: unknown): never {
  reportReachable(false);
  throw new PageLoadError('The page’s script did not load.', { cause });
}

import type { Page, Request } from 'playwright-core';

/**
 * Chromium on Linux aborts requests when any network interface of the machine comes or goes, as those of containers do while
 * other tests run. No switch turns this off.
 */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';
/** Without these a page does not start; the page itself repeats everything else. */
const ESSENTIAL = ['document', 'script', 'stylesheet'];

export const isNetworkChange = (text: string): boolean => text.includes(NETWORK_CHANGED);

/** Makes `goto` go there once more where the machine's network has changed meanwhile, and only then. */
export function repeatGotoOnNetworkChange(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...target) => {
    for (;;) {
      const aborted: Request[] = [];
      const note = (request: Request) =>
        ESSENTIAL.includes(request.resourceType()) &&
        isNetworkChange(request.failure()?.errorText ?? '') &&
        aborted.push(request);
      page.on('requestfailed', note);
      const result = await goto(...target)
        .then((response) => ({ response }))
        .catch((error: unknown) => ({ error }))
        .finally(() => page.off('requestfailed', note));
      if ('error' in result && !isNetworkChange(String(result.error))) throw result.error;
      if ('response' in result && aborted.length === 0) return result.response;
    }
  };
}

import type { ClientRequest } from '../connection/client-request.ts';

/** How much of a body that nobody wants is read, so that its sender gets to see the answer. */
const LEFTOVER_BYTES = 1024 * 1024;

/**
 * Reads and drops the rest of a body after an answer that did not wait for it: closing at once would reset the connection
 * under the answer (RFC 9112 §9.6).
 * @param done called once: true where the body ended within the limits
 */
export function dropRest(request: ClientRequest, lingerMs: number, done: (whole: boolean) => void): void {
  let bytes = 0;
  let settled = false;
  const settle = (whole: boolean) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    done(whole);
  };
  const timer = setTimeout(() => settle(false), lingerMs);
  request.consume({
    bytes: (chunk) => (bytes += chunk.length) > LEFTOVER_BYTES && settle(false),
    whole: () => settle(true),
    gone: () => settle(false),
  });
}

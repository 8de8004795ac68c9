import type { IncomingMessage } from 'node:http';

/** How much of a body that nobody wants is read, so that its sender gets to see the answer. */
const LEFTOVER_BYTES = 1024 * 1024;

/**
 * Reads and drops the rest of a body after an answer that did not wait for it: closing at once would reset the connection
 * under the answer (RFC 9112 §9.6).
 * @param done called once: true where the body ended within the limits
 */
export function dropRest(request: IncomingMessage, lingerMs: number, done: (whole: boolean) => void): void {
  let bytes = 0;
  const settle = (whole: boolean) => {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
    done(whole);
  };
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LEFTOVER_BYTES) settle(false);
  };
  const onEnd = () => settle(true);
  const onClose = () => settle(false);
  const timer = setTimeout(() => settle(false), lingerMs);
  request.on('data', onData).on('end', onEnd).on('close', onClose).resume();
}

import type { IncomingMessage } from 'node:http';

/** How much of an unwanted body is read, so that its sender can read the response. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads and drops the rest of a body after a response that did not wait for it: closing at once would reset the connection
 * before the client has read the response (RFC 9112 §9.6).
 * @param onDone called once: true where the body ended within the limits
 */
export function drainBody(request: IncomingMessage, lingerMs: number, onDone: (ended: boolean) => void): void {
  let bytes = 0;
  const settle = (ended: boolean) => {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
    onDone(ended);
  };
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) settle(false);
  };
  const onEnd = () => settle(true);
  const onClose = () => settle(false);
  const timer = setTimeout(() => settle(false), lingerMs);
  request.on('data', onData).on('end', onEnd).on('close', onClose).resume();
}

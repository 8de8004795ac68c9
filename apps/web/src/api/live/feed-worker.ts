import { FeedConnection, type FeedUpdate } from './feed-connection.ts';

/** One connection for all tabs of a person: over HTTP/1.1 a browser has six for a whole site. */
const ports = new Set<MessagePort>();
const connection = new FeedConnection((update) => {
  for (const port of ports) port.postMessage(update);
});

addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0]!;
  ports.add(port);
  port.addEventListener('close', () => ports.delete(port));
  port.start();
  port.postMessage({ isConnected: connection.isConnected, changed: [], events: [] } satisfies FeedUpdate);
});

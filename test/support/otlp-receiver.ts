import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeSpans, type ReceivedSpan } from './otlp-spans.ts';

/** Takes traces by OTLP over HTTP, as a collector does. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string;
  spans: ReceivedSpan[];
  /** The bodies of all requests, for what must not be in them. */
  bytes: () => Buffer;
  /** The header fields of the last request. */
  headers: () => IncomingMessage['headers'];
  requests: () => number;
  close: () => Promise<void>;
}

const accept = (response: ServerResponse) => void response.writeHead(200).end();

/** @param respond what becomes of each request. Default: it is taken */
export async function startOtlpReceiver(respond: (response: ServerResponse) => void = accept): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const bodies: Buffer[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push(body);
      if (request.url === '/v1/traces') spans.push(...decodeSpans(body));
      respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bytes: () => Buffer.concat(bodies),
    headers: () => headers,
    requests: () => bodies.length,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

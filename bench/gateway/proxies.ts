import { type Process, startGateway, startProxy } from '../support/processes.ts';
import { startNginx } from '../support/nginx.ts';

const ITEM = JSON.stringify({ items: [{ id: '0', sku: 'KETTLE', name: 'A kettle', onHand: '12' }], nextCursor: null });

/** nginx as the API: a short JSON answer to everything, and a large file. */
export const startUpstream = (): Promise<Process & { folder: string }> =>
  startNginx(`location / { return 200 '${ITEM}'; } location /api/v1/large { root files; }`);

/** nginx as a proxy, told to stream and to keep its connections. */
export const startNginxProxy = (upstream: string): Promise<Process> =>
  startNginx(
    `location / {
      proxy_pass http://upstream;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;
    }`,
    `upstream upstream { server ${new URL(upstream).host}; keepalive 256; keepalive_requests 1000000000; }`,
  );

/** What each is called in the table. */
export const OURS = 'Stockroom';

/** Ours first; all in front of one upstream. */
export async function startAll(upstream: string): Promise<Record<string, Process>> {
  return {
    [OURS]: await startGateway(upstream),
    'nginx, one worker': await startNginxProxy(upstream),
    '@fastify/http-proxy': await startProxy('fastify-http-proxy', upstream),
    'http-proxy-middleware': await startProxy('http-proxy-middleware', upstream),
    'axios streaming': await startProxy('axios-streaming', upstream),
    'bare undici dispatch': await startProxy('undici-dispatch', upstream),
  };
}

export const stopAll = (processes: Process[]): Promise<unknown> => Promise.all(processes.map(({ stop }) => stop()));

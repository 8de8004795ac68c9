import { Pool } from 'undici';
import { listen, type Start } from './proxy.ts';

/** The least that forwarding costs with node:http and undici: no rule is kept, no header is looked at. */
export const start: Start = (upstream, settings) => {
  const pool = new Pool(upstream, { pipelining: 1 });
  return listen((request, response) => {
    const { url: path, method, headers } = request;
    pool.dispatch(
      { path: path!, method: method!, headers, body: method === 'GET' ? null : request },
      {
        onRequestStart() {},
        onResponseStart(controller, status, answerHeaders) {
          response.writeHead(status, answerHeaders);
          response.on('drain', () => controller.resume());
        },
        onResponseData(controller, chunk) {
          if (!response.write(chunk)) controller.pause();
        },
        onResponseEnd: () => void response.end(),
        onResponseError: () => void response.destroy(),
      },
    );
  }, settings);
};

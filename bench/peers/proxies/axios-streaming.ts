import axios from 'axios';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listen, type Start } from './proxy.ts';

/** A proxy as it is often written: axios with streams, nothing else. */
export const start: Start = (upstream, settings) => {
  const httpAgent = new Agent({ keepAlive: true });
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await axios.request<Readable>({
      httpAgent,
      url: upstream + request.url,
      method: request.method!,
      headers: request.headers,
      data: request.method === 'GET' ? undefined : request,
      responseType: 'stream',
      decompress: false,
      maxRedirects: 0,
      validateStatus: () => true,
    });
    response.writeHead(answer.status, answer.headers as Record<string, string>);
    await pipeline(answer.data, response);
  };
  return listen((request, response) => void forward(request, response).catch(() => response.destroy()), settings);
};

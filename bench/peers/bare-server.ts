import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';

/** As many as the API's own pool. */
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

/** A node:http server on `PORT` that sends what `answer` gives as JSON: no framework, no checks, no log. */
export function serve(status: number, answer: (request: IncomingMessage) => Promise<string>): void {
  const server = createServer((request, response) => {
    if (request.url === '/ready') return void response.end();
    answer(request).then(
      (body) => send(response, status, body),
      (error: Error) => send(response, 500, JSON.stringify({ error: error.message })),
    );
  });
  server.listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The request's body, parsed. */
export async function bodyOf<T>(request: IncomingMessage): Promise<T> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as T;
}

/** The API's body of a movement with one line, as far as the peers read it. */
export interface OneLine {
  type: string;
  lines: [{ item: string; location: string; quantity: number }];
}

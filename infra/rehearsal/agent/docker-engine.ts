import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const SOCKET = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? '/var/run/docker.sock';

export class DockerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One call of the Docker Engine API (v1.41, which every supported engine has). @throws DockerError */
export async function docker<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const incoming = await ask(method, path, body);
  const said = await text(incoming);
  const value: unknown = /json/.test(incoming.headers['content-type'] ?? '') ? JSON.parse(said || '{}') : said;
  if (incoming.statusCode! >= 400) throw new DockerError(incoming.statusCode!, (value as { message?: string }).message ?? said); // prettier-ignore
  return value as T;
}

/** Calls `onLine` with each line of a response that goes on, until the engine or `signal` ends it. */
export async function dockerLines(path: string, onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const input = await ask('GET', path, undefined, signal);
  for await (const line of createInterface({ input })) onLine(line);
}

/** Both streams of a container's output in order, from its beginning to its end; each line begins with its time. */
export async function containerLogs(id: string, onLine: (line: string) => void): Promise<void> {
  const incoming = await ask('GET', `/containers/${id}/logs?follow=true&stdout=true&stderr=true&timestamps=true`);
  for await (const line of createInterface({ input: Readable.from(payloads(incoming)) })) onLine(line);
}

/** Frames of the attach protocol: one byte of stream, three of zero, four of length, then the payload. */
async function* payloads(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    for (let end; rest.length >= 8 && rest.length >= (end = 8 + rest.readUInt32BE(4)); rest = rest.subarray(end))
      yield rest.subarray(8, end);
  }
}

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const outgoing = request({ socketPath: SOCKET, method, path: `/v1.41${path}`, headers, signal });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return incoming;
}

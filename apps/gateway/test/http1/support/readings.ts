import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { Answer } from '../../../src/forwarding/connection/answer.ts';
import { ClientConnection, type Served } from '../../../src/forwarding/connection/client-connection.ts';
import type { ClientRequest } from '../../../src/forwarding/connection/client-request.ts';
import { judgeHead } from '../../../src/forwarding/head/request-head.ts';
import { DEFAULT_LIMITS, Forwarder } from '../../../src/forwarding/index.ts';
import { bufferOf } from './bytes.ts';
import { settle } from './runs.ts';

export interface ReadRequest {
  method: string;
  target: string;
  fields: readonly string[];
  body: string;
  whole: boolean;
}

/** What somebody made of the bytes of one connection. */
export interface Reading {
  requests: ReadRequest[];
  /** Nothing more is read. */
  ended: boolean;
}

/** As the gateway's door reads it; each request is answered as soon as it is whole. */
export async function readByDoor(packets: string[]): Promise<Reading> {
  const reading: Reading = { requests: [], ended: false };
  const [socket, client] = duplexPair();
  Object.assign(socket, { remoteAddress: '127.0.0.1', resetAndDestroy: () => socket.destroy() });
  client
    .on('end', () => (reading.ended = true))
    .on('close', () => (reading.ended = true))
    .resume();
  new ClientConnection(socket as Socket, {
    limits: DEFAULT_LIMITS,
    now: 0,
    serve: (request, connection) => serve(request, connection, reading),
    refused: () => undefined,
  });
  await send(client, packets);
  client.destroy();
  return reading;
}

function serve(request: ClientRequest, connection: ClientConnection, { requests }: Reading): Served {
  const { url: target, method, rawHeaders: fields } = request;
  const answer = new Answer(connection.wire, request);
  const wrong = judgeHead(request, DEFAULT_LIMITS);
  const entry: ReadRequest = { method, target, fields, body: '', whole: false };
  const end = () => {
    answer.writeHead(204, undefined, []);
    answer.end();
    connection.answered();
  };
  const begin = () => {
    if (wrong?.close) answer.isLast = true;
    else requests.push(entry);
    if (request.complete || wrong?.close) {
      entry.whole = request.complete;
      return end();
    }
    const bytes = (some: Buffer) => void (entry.body += some.toString('latin1'));
    const whole = () => {
      entry.whole = true;
      end();
    };
    request.consume({ bytes, whole, gone: () => undefined });
  };
  const fail = () => {
    answer.isLast = true;
    end();
  };
  return { answer, over: false, begin, fail, resume: () => undefined, closed: () => undefined };
}

/** As node:http reads it. */
export async function readByNode(packets: string[]): Promise<Reading> {
  const reading: Reading = { requests: [], ended: false };
  const server = createServer({ maxHeaderSize: 64 * 1024 }, keepIn(reading.requests));
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  // Its connection is left alone: what has been read before has yet to be handed on.
  server.on('clientError', () => (reading.ended = true));
  const client = connectTo(server, reading);
  await send(client, packets);
  server.close();
  return reading;
}

/** A gateway whose upstream is node:http: what the upstream saw of a client's bytes, and whether the client was let go. */
export class Gateway {
  private requests: ReadRequest[] = [];
  private readonly server = createServer((request, response) => keepIn(this.requests)(request, response));
  private readonly forwarder = new Forwarder({ upstream: 'http://127.0.0.1:1', isOwn: () => true });

  constructor() {
    this.forwarder.attach(this.server);
  }

  async read(packets: string[]): Promise<Reading> {
    const reading: Reading = { requests: (this.requests = []), ended: false };
    const client = connectTo(this.server, reading);
    await send(client, packets);
    client.destroy();
    await settle();
    return { ...reading };
  }

  get inFlight(): number {
    return this.forwarder.stats().inFlight;
  }

  close(): Promise<void> {
    return this.forwarder.close();
  }
}

const keepIn =
  (requests: ReadRequest[]): RequestListener =>
  (request, response) => {
    const { method, url, rawHeaders: fields } = request;
    const entry: ReadRequest = { method: method!, target: url!, fields, body: '', whole: false };
    requests.push(entry);
    request.on('data', (some: Buffer) => (entry.body += some.toString('latin1')));
    request.on('error', () => undefined);
    request.on('end', () => {
      entry.whole = request.complete;
      response.writeHead(204).end();
    });
  };

function connectTo(server: Server, reading: Reading): Duplex {
  const [socket, client] = duplexPair();
  Object.assign(socket, { remoteAddress: '127.0.0.1', resetAndDestroy: () => socket.destroy() });
  const end = () => (reading.ended = true);
  client
    .on('end', end)
    .on('close', end)
    .on('error', () => undefined)
    .resume();
  server.emit('connection', socket);
  return client;
}

async function send(client: Duplex, packets: string[]): Promise<void> {
  for (const packet of packets) {
    if (client.writable) client.write(bufferOf(packet));
    await new Promise(setImmediate);
  }
  await settle();
}

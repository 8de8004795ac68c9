import { type IncomingMessage, request as ask } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { type Carried, Line } from '../../../src/forwarding/upstream/line.ts';
import type { AnswerHead } from '../../../src/http1/index.ts';
import { bufferOf } from './bytes.ts';
import { settle } from './runs.ts';

/** What somebody made of the bytes that came for one request. */
export interface ReadAnswer {
  interim: object[];
  head: object | undefined;
  body: string;
  whole: boolean;
  failed: boolean;
}

export interface Sent {
  method: string;
  packets: string[];
  /** The connection ends after them. */
  closes: boolean;
}

const nothing = (): ReadAnswer => ({ interim: [], head: undefined, body: '', whole: false, failed: false });

/** As the gateway's connection to the upstream reads it. */
export async function readByLine({ method, packets, closes }: Sent): Promise<ReadAnswer & { reusable: boolean }> {
  const read = { ...nothing(), reusable: false };
  const [socket, upstream] = duplexPair();
  const line = new Line(socket, 'upstream', 16 * 1024, {
    free: () => (read.reusable = true),
    gone: () => undefined,
  });
  socket.on('data', (bytes: Buffer) => line.take(bytes));
  line.carry(carriedInto(read, method));
  await answer(upstream, packets, closes);
  socket.destroy();
  return read;
}

function carriedInto(read: ReadAnswer, method: string): Carried {
  return {
    method,
    over: false,
    carriedBy: (line) => line.sendHead(method, '/', [], false),
    answerBegins({ status, text, fields }: AnswerHead) {
      if (status < 200) read.interim.push({ status, fields });
      else read.head = { status, text, fields };
    },
    bytes(bytes) {
      read.body += bytes.toString('latin1');
      return true;
    },
    rested: () => undefined,
    bodyRoom: () => undefined,
    answerEnds: () => (read.whole = true),
    failed: () => (read.failed = true),
  };
}

/** As node:http's client reads it. */
export async function readByNode({ method, packets, closes }: Sent): Promise<ReadAnswer> {
  const read = nothing();
  const [socket, upstream] = duplexPair();
  const asked = ask({ method, createConnection: () => socket });
  const fail = () => (read.failed = true);
  asked.on('error', fail).on('information', ({ statusCode: status, rawHeaders: fields }) => {
    if (status !== 100) read.interim.push({ status, fields });
  });
  asked.on('upgrade', fail).on('response', (message) => keep(message, read));
  asked.end();
  await answer(upstream, packets, closes);
  asked.destroy();
  return read;
}

function keep(message: IncomingMessage, read: ReadAnswer): void {
  const { statusCode: status, statusMessage: text, rawHeaders: fields } = message;
  read.head = { status, text, fields };
  message.on('data', (bytes: Buffer) => (read.body += bytes.toString('latin1')));
  message.on('end', () => (read.whole = message.complete));
  message.on('error', () => (read.failed = true));
}

async function answer(upstream: Duplex, packets: string[], closes: boolean): Promise<void> {
  upstream.resume().on('error', () => undefined);
  await new Promise(setImmediate);
  for (const packet of packets) {
    if (upstream.writable) upstream.write(bufferOf(packet));
    await new Promise(setImmediate);
  }
  if (closes) upstream.end();
  await settle();
}

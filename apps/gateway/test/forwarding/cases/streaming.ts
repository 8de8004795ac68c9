import assert from 'node:assert/strict';
import { get, request, type Rule } from '../support/case.ts';
import { until } from '../../../../../test/support/until.ts';
import type { RawClient } from '../support/raw-client.ts';

const MIB = 1024 * 1024;
const BLOCK = Buffer.alloc(MIB, 'x');
/** More than the socket buffers of both hops hold together; a proxy that buffers takes it all. */
const LARGE = 96;

/** Writes blocks as fast as the other side takes them. @returns how many are written so far */
function pour(socket: RawClient['socket'], blocks: number): { written: () => number } {
  let written = 0;
  const next = () => {
    while (written < blocks && !socket.destroyed) {
      written++;
      if (!socket.write(BLOCK)) return void socket.once('drain', next);
    }
  };
  next();
  return { written: () => written };
}

/** Waits until a number has not changed for a quarter of a second: all buffers on the way are full. */
async function settled(value: () => number): Promise<number> {
  let last = -1;
  let since = performance.now();
  await until(
    'standstill',
    () => {
      if (value() !== last) [last, since] = [value(), performance.now()];
      return last > 0 && performance.now() - since > 250;
    },
    60_000,
  );
  return last;
}

export const streaming: Rule = {
  rule: 'Bodies stream in both directions with back-pressure; a side that disconnects cancels the other at once',
  cases: [
    {
      name: 'an event reaches the client before the next one exists',
      async run({ client, upstream }) {
        upstream.script = ({ socket }) =>
          void socket.write(
            'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n',
          );
        const connection = client().send(get('/api/events'));
        await until('the first event', () => connection.text.includes('data: 1'));
        upstream.request(0).socket.write('9\r\ndata: 2\n\n\r\n0\r\n\r\n');
        assert.equal((await connection.reply()).body, 'data: 1\n\ndata: 2\n\n');
      },
    },
    {
      name: 'the header of a response reaches the client before its body exists',
      async run({ client, upstream }) {
        upstream.script = ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n');
        const connection = client().send(get('/api/x'));
        await until('the head', () => connection.text.includes('\r\n\r\n'));
        upstream.request(0).socket.write('ok');
        assert.equal((await connection.reply()).body, 'ok');
      },
    },
    {
      name: 'the beginning of an upload reaches the upstream before its end exists',
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n'));
        await until('the head at the upstream', () => upstream.requests.length === 1);
        assert.equal((await connection.send('1\r\n!\r\n0\r\n\r\n').reply()).status, 200);
        assert.equal(upstream.message(0).body, 'hello!');
      },
    },
    {
      name: 'a client that does not read stops the upstream, and gets every byte once it reads',
      async run({ client, upstream }) {
        let poured: { written: () => number } | undefined;
        upstream.script = ({ socket }) => {
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${LARGE * MIB}\r\n\r\n`);
          poured = pour(socket, LARGE);
        };
        const connection = client();
        connection.socket.pause();
        connection.send(get('/api/x'));
        await until('the request at the upstream', () => poured !== undefined);
        assert.ok((await settled(() => poured!.written())) < LARGE / 2);
        connection.keep = false;
        connection.socket.resume();
        await until('the whole body', () => connection.received >= LARGE * MIB, 60_000);
      },
    },
    {
      name: 'an upstream that does not read stops the client',
      settings: { limits: { maxBodyBytes: LARGE * MIB } },
      async run({ client, upstream }) {
        upstream.script = ({ socket }) => void socket.pause();
        const connection = client().send(request('POST', '/api/x', [`Content-Length: ${LARGE * MIB}`]));
        const poured = pour(connection.socket, LARGE);
        await until('the request at the upstream', () => upstream.requests.length === 1);
        assert.ok((await settled(poured.written)) < LARGE / 2);
      },
    },
    {
      name: 'a client that disconnects before the response cancels the upstream request at once',
      async run({ client, upstream }) {
        upstream.script = () => undefined;
        const connection = client().send(get('/api/x'));
        await until('the request at the upstream', () => upstream.requests.length === 1);
        connection.destroy();
        await until('the upstream connection to go', () => upstream.request(0).dropped);
      },
    },
    {
      name: 'a client that disconnects in mid-response cancels the upstream request at once',
      async run({ client, upstream }) {
        upstream.script = ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
        const connection = client().send(get('/api/x'));
        await until('half the response', () => connection.text.includes('half'));
        connection.destroy();
        await until('the upstream connection to go', () => upstream.request(0).dropped);
      },
    },
    {
      name: 'a client that disconnects in mid-body leaves no request that could pass for complete',
      async run({ client, upstream }) {
        const connection = client().send(request('POST', '/api/x', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n'));
        await until('the request at the upstream', () => upstream.requests.length === 1);
        connection.destroy();
        await until('the upstream connection to go', () => upstream.request(0).dropped);
        assert.equal(upstream.request(0).message, undefined);
      },
    },
    {
      name: 'nothing is sent after the last response of a connection, whatever its body turns out to be',
      settings: { limits: { maxBodyBytes: 4, lingerMs: 100 } },
      async run({ client }) {
        const connection = client().send(request('POST', '/api/x', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n'));
        assert.equal((await connection.reply()).status, 413);
        await connection.send('5\r\nhello, broken').end();
        assert.equal(connection.text, '');
      },
    },
    {
      name: 'a response that does not wait for the body reaches the client, and its connection stays in use',
      async run({ client, upstream }) {
        upstream.script = ({ socket }) => void socket.write('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
        const connection = client().send(request('POST', '/api/x', ['Content-Length: 10'], 'hello'));
        assert.equal((await connection.reply()).body, 'no');
        upstream.script = ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext');
        assert.equal((await connection.send(`world${get('/api/y')}`).reply()).body, 'next');
        assert.equal(upstream.request(1).head.startLine, 'GET /api/y HTTP/1.1');
      },
    },
  ],
};

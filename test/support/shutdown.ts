import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Client, TestResponse } from './client.ts';
import type { Program } from './program.ts';
import { until } from './until.ts';

/** A connection to a program. */
export async function openSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/**
 * Sends a program SIGTERM under load. The load goes on for a while after readiness has failed, as behind a load balancer.
 * @param paths one caller for each
 * @returns the responses to the load, and the first that says that the program is not ready
 */
export async function terminateUnderLoad(program: Program, client: Client, paths: string[]) {
  const replies: TestResponse[] = [];
  let draining = false;
  const load = async (path: string) => {
    for (let afterwards = 0; afterwards < 5; afterwards += draining ? 1 : 0) replies.push(await client.get(path));
  };
  const loads = paths.map(load);
  await until('the load is on', () => replies.length > 100);
  program.kill('SIGTERM');
  const notReady = await until('readiness fails', async () => {
    const reply = await client.get('/health/ready');
    return reply.status === 503 && reply;
  });
  draining = true;
  await Promise.all(loads);
  return { replies, notReady };
}

/**
 * Sends a POST with `Expect: 100-continue`, then SIGTERM once it has arrived, and its body once new connections are refused.
 * @returns all that came back until the connection closed
 */
export async function terminateDuringPost(
  program: Program,
  url: string,
  { path, headers = [], body }: { path: string; headers?: string[]; body: object },
): Promise<string> {
  const text = JSON.stringify(body);
  const socket = await openSocket(url);
  let received = '';
  socket.on('data', (bytes) => (received += String(bytes)));
  const lines = [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', 'Expect: 100-continue'];
  socket.write([...lines, `Content-Length: ${text.length}`, ...headers, '', ''].join('\r\n'));
  await until('the request has arrived', () => received.startsWith('HTTP/1.1 100'));
  program.kill('SIGTERM');
  await until('new connections are refused', () =>
    openSocket(url).then(
      (other) => void other.destroy(),
      () => true,
    ),
  );
  socket.write(text);
  await once(socket, 'close');
  return received;
}

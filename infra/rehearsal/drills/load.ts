import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { DrillContext, LoadResult } from './support.ts';

export interface LoadOptions {
  /** Clients that send one request after the other, half of them on a connection of their own each time. */
  clients?: number;
  pauseMs?: number;
  /** Signed in as the admin, a list that reads the database; else a public route, from several addresses. */
  signedIn?: boolean;
  addresses?: string[];
}

/**
 * Through the public load balancer to the API. A failure is a 5xx other than 503 with Retry-After, or a connection that ends
 * without a response.
 */
const CLIENT = `
  const http = require('node:http');
  const { url, clients, pauseMs, signIn, addresses } = JSON.parse(process.argv[1]);
  let requests = 0, unavailable = 0, stopped = false, firstFailure = 0, lastFailure = 0;
  const failures = {}, headers = {};
  process.stdin.on('end', () => (stopped = true)).resume();
  const once = (agent, localAddress) => new Promise((done) => {
    const request = http.get(url + (signIn ? '/api/v1/items?limit=1' : '/api/problems/not-found'), { agent, headers, localAddress }, (r) => {
      const isPlanned = r.statusCode === 503 && r.headers['retry-after'] !== undefined;
      if (isPlanned) unavailable++;
      const isRight = isPlanned || r.statusCode === 200 || (!signIn && r.statusCode === 429);
      r.resume().on('end', () => done(isRight ? undefined : r.statusCode)).on('error', (e) => done(e.code));
    }).on('error', (e) => done(e.code)).setTimeout(30000, () => request.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })));
  });
  const client = async (agent, n) => {
    while (!stopped) {
      const failure = await once(agent, addresses[n % addresses.length]);
      requests++;
      if (failure) {
        failures[failure] = (failures[failure] ?? 0) + 1;
        lastFailure = Date.now();
        firstFailure ||= lastFailure;
      }
      await new Promise((r) => setTimeout(r, pauseMs));
    }
  };
  (async () => {
    if (signIn) {
      const body = JSON.stringify(signIn);
      const response = await fetch(url + '/api/v1/sessions', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      headers.authorization = 'Bearer ' + (await response.json()).accessToken;
    }
    console.log('on');
    const agents = Array.from({ length: clients }, (_, n) => (n % 2 ? new http.Agent({ keepAlive: true }) : false));
    await Promise.all(agents.map(client));
    console.log(JSON.stringify({ requests, failures, unavailable, failedForMs: lastFailure - firstFailure }));
  })();
`;

/** Runs `work` while the load is on. */
export async function underLoad(
  { command, url, environment }: DrillContext,
  work: () => Promise<void>,
  { clients = 4, pauseMs = 100, signedIn = true, addresses = [] }: LoadOptions = {},
): Promise<LoadResult> {
  const password = signedIn ? (await command.run('password', [environment])).output.trim().split('\n').at(-1) : '';
  const signIn = signedIn && { email: 'admin@stockroom.example', password };
  const options = JSON.stringify({ url, clients, pauseMs, signIn, addresses });
  const [program, ...rest] = command.inNamespace([process.execPath, '-e', CLIENT, options]);
  const child = spawn(program!, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const line = () =>
    new Promise<string>((done, failed) => {
      lines.once('line', done);
      child.once('exit', (code) => failed(new Error(`The load ended with ${code}.`)));
    });
  await line();
  const result = line();
  try {
    await work();
  } finally {
    child.stdin.end();
  }
  return JSON.parse(await result) as LoadResult;
}

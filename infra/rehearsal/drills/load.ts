import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { DeployCommand } from '../host/deploy-command.ts';

export interface LoadResult {
  requests: number;
  /** Status or error code → how often. */
  failures: Record<string, number>;
}

/**
 * Four clients that send one request after the other through the public load balancer to the API, half of them on a
 * connection of their own. A failure is a 5xx or a connection that ends without a response.
 */
const CLIENT = `
  const http = require('node:http');
  const [url] = process.argv.slice(1);
  let requests = 0, stopped = false;
  const failures = {};
  process.stdin.on('end', () => (stopped = true)).resume();
  const once = (agent) => new Promise((done) => {
    const request = http.get(url, { agent }, (r) => {
      r.resume().on('end', () => done(r.statusCode >= 500 ? r.statusCode : undefined)).on('error', (e) => done(e.code));
    }).on('error', (e) => done(e.code)).setTimeout(30000, () => request.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })));
  });
  const client = async (agent) => {
    while (!stopped) {
      const failure = await once(agent);
      requests++;
      if (failure) failures[failure] = (failures[failure] ?? 0) + 1;
      await new Promise((r) => setTimeout(r, 20));
    }
  };
  const agents = [false, false, new http.Agent({ keepAlive: true }), new http.Agent({ keepAlive: true })];
  Promise.all(agents.map(client)).then(() => console.log(JSON.stringify({ requests, failures })));
`;

/** Runs `work` while the load is on. */
export async function underLoad(command: DeployCommand, url: string, work: () => Promise<void>): Promise<LoadResult> {
  const [program, ...args] = command.inNamespace([process.execPath, '-e', CLIENT, `${url}/api/problems/not-found`]);
  const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const result = new Promise<LoadResult>((done, failed) => {
    createInterface({ input: child.stdout }).once('line', (line) => done(JSON.parse(line) as LoadResult));
    child.once('error', failed).once('exit', (code) => failed(new Error(`The load ended with ${code}.`)));
  });
  try {
    await work();
  } finally {
    child.stdin.end();
  }
  return result;
}

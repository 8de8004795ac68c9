import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PATHS = ['/health/live', '/health/ready', '/health'];
const EVERY_MS = 20;

/** Asks for the health of a service again and again. `stop` gives the 99th percentile of the time, in ms. */
export function probeHealth(url: string): { stop: () => Promise<number> } {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  let isOver = false;
  const probing = (async () => {
    for (let n = 0; !isOver; n++) {
      times.push(await ask(agent, url + PATHS[n % PATHS.length]!));
      await sleep(EVERY_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await probing;
      agent.destroy();
      return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)]!;
    },
  };
}

/** @returns the time to the end of the response, in ms. @throws Error where it is not 200 */
function ask(agent: Agent, url: string): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.resume().once('end', () => resolve(performance.now() - begin));
    }).once('error', reject);
  });
}

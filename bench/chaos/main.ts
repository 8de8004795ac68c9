import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { freePort } from '../../apps/api/src/database/embedded/free-port.ts';
import { Server } from '../support/database.ts';
import { markdown } from '../support/report.ts';
import { Balancer } from './balancer.ts';
import { injectFaults } from './faults.ts';
import type { WorkerInput } from './hostile/worker.ts';
import { brokenInvariants } from './invariants.ts';
import { Random } from '../../apps/api/src/demo/random.ts';
import { Service } from './service.ts';
import { ADMIN, openShop } from './shop.ts';
import { Tally } from './tally.ts';
import { type Observations, User } from './user.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    attackers: { type: 'string', default: '3' },
  },
});
const TOLD_EVERY_MS = 30_000;
const seed = Number(values.seed);
const random = (n: number) => new Random(seed + n);
console.log(`${values.minutes} minutes, --seed ${seed}`);

const server = await Server.start();
const database = await server.create('shop');
const apiEnvironment = {
  DATABASE_URL: database,
  DATABASE_TLS: 'off',
  SIGNING_KEY: 'a key that signs nothing but what this run asks for',
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  TRUSTED_HOPS: '1',
  TRUSTED_HEADERS: 'x-request-id,traceparent',
};
const apis = [
  new Service(server.folder, 'api-1', 'api', await freePort(), apiEnvironment),
  new Service(server.folder, 'api-2', 'api', await freePort(), apiEnvironment),
];
await Promise.all(apis.map((api) => api.untilReady()));
const balancer = new Balancer(apis.map(({ port }) => port));
const gatewayPort = await freePort();
const gateway = new Service(server.folder, 'gateway', 'gateway', gatewayPort, { INVENTORY_API_URL: await balancer.listen() }); // prettier-ignore
await gateway.untilReady();
const shop = await openShop(gateway.url);

const seen: Observations = {
  statuses: new Tally(),
  violations: new Tally(),
  acknowledged: new Map(),
  refused: new Set(),
  times: [],
};
const faults = new Tally();
const begin = performance.now();
const end = begin + Number(values.minutes) * 60_000;
const isOver = () => performance.now() > end;
const telling = setInterval(() => {
  const memory = [gateway, ...apis].map((service) => service.residentMiB().toFixed(0)).join(', ');
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(
    `${seconds} s: ${seen.times.length} operations (${seen.statuses.text}), ${memory} MiB, faults: ${faults.text}, violations: ${seen.violations.text}`,
  );
}, TOLD_EVERY_MS);

const users = shop.users.map((who, n) =>
  new User(gateway.url, { who, items: shop.items, address: `127.10.${n}.1` }, seen, random(n)).work(isOver),
);
// Two of three against the gateway, which is what strangers reach; the others against a task of the API itself.
const targets = [gateway, gateway, gateway, gateway, ...apis].map(({ port }) => port);
// In a thread of their own: what a stranger's client takes of the event loop is not to delay a user's.
const workerData: WorkerInput = {
  ports: targets,
  seeds: Array.from({ length: Number(values.attackers) }, (_, n) => seed + 100 + n),
  milliseconds: end - performance.now(),
};
const attacks = once(new Worker(new URL('hostile/worker.ts', import.meta.url), { workerData }), 'message') as Promise<[string]>; // prettier-ignore
const breaking = injectFaults({ apis, database, dataDirectory: join(server.folder, 'postgres') }, random(200), faults, isOver); // prettier-ignore
const [[attackText]] = await Promise.all([attacks, ...users, breaking]);
clearInterval(telling);
await sleep(2_000);

const services = [gateway, ...apis];
const broken = await brokenInvariants(database, services, seen);
for (const service of services) if (!(await service.stop())) broken.push(`${service.url} did not end by itself`);
balancer.close();
await server.stop();

const sorted = seen.times.toSorted((one, other) => one - other);
const ms = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)} ms`;
console.log(
  markdown([
    ['', 'found'],
    ['operations of normal users', `${sorted.length.toLocaleString('en')}`],
    ['their responses', seen.statuses.text],
    ['time until an operation was done, retries included', `median ${ms(0.5)}, 99th percentile ${ms(0.99)}, longest ${ms(0.99999)}`],
    ['movements acknowledged, each booked once', `${seen.acknowledged.size.toLocaleString('en')}`],
    ['attacks', attackText],
    ['faults', faults.text],
    ['starts of the two API processes', apis.map(({ starts }) => starts).join(' and ')],
    ['largest resident set', services.map(({ peakMiB }) => `${peakMiB.toFixed(0)} MiB`).join(', ')],
    ['violations', `${broken.length}`],
  ]),
); // prettier-ignore
for (const line of broken.slice(0, 50)) console.error(line);
process.exit(broken.length === 0 ? 0 : 1);

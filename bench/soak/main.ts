import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fillCatalogue, someItems } from '../support/catalogue.ts';
import { Server } from '../support/database.ts';
import { freePort } from '../../test/support/free-port.ts';
import { startApi, startGateway } from '../support/processes.ts';
import { ask, asksFor } from './load.ts';
import { memoryFailure } from '../support/memory-growth.ts';
import { Memory } from './memory.ts';
import { startSlowClients } from './slow-clients.ts';
import { Tally } from './tally.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    slow: { type: 'string', default: '1000' },
    callers: { type: 'string', default: '8' },
  },
});
/** Between two restarts of the API. */
const RESTART_EVERY_MS = 20_000;
/** The gateway has found the API again within this. */
const RECOVERY_MS = 1_000;

const server = await Server.start();
const database = await server.create('shop');
await fillCatalogue(database, 2_000);
const { items, location } = await someItems(database, 1);
const apiPort = await freePort();
let api = await startApi(database, apiPort);
const gateway = await startGateway(api.url);

const tally = new Tally();
const end = performance.now() + Number(values.minutes) * 60_000;
const over = () => performance.now() > end;
let away = false;
let restarts = 0;

const slow = startSlowClients(gateway.url, Number(values.slow));
const memory = new Memory(gateway, (line) => console.log(`${line}, ${tally.served} served, ${slow.cutOff()} cut off`));
const asks = asksFor(items[0]!, location);
const callers = Array.from({ length: Number(values.callers) }, () =>
  ask(gateway.url, asks, tally, { over, mayBeAway: () => away }),
);

while (performance.now() + RESTART_EVERY_MS < end) {
  await sleep(RESTART_EVERY_MS / 2);
  away = true;
  await api.stop();
  api = await startApi(database, apiPort);
  restarts++;
  await sleep(RECOVERY_MS);
  away = false;
  await sleep(RESTART_EVERY_MS / 2);
}
await Promise.all(callers);
const grown = memoryFailure(memory.stop());
if (grown) tally.fail(grown);
slow.stop();
await Promise.all([gateway.stop(), api.stop()]);
await server.stop();

console.log(`${tally.served} requests, ${restarts} restarts of the API, ${values.slow} slow clients`);
for (const line of tally.lines()) console.error(line);
console.log(tally.failed ? 'failed' : 'no failure');
process.exit(tally.failed ? 1 : 0);

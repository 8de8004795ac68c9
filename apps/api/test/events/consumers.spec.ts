import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { until } from '../../../../test/support/until.ts';

const run = promisify(execFile);
const documented = readFileSync('docs/events.md', 'utf8');

const isMissing = (command: string) => spawnSync(command, ['--version']).status !== 0;
/** What the programs need. Where it is missing, they are tested in CI all the same, and fail. */
const canRun = process.env.CI === 'true' || !['curl', 'jq', 'python3'].some(isMissing);

/** The program of this name in docs/events.md. */
const programNamed = (name: string) =>
  [...documented.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, code]) => code!).find((code) => code.includes(name))!;

let api: TestApi;
let key: string;
let item: string;
beforeAll(async () => {
  api = await startApi(undefined, { webhooks: { allowedNetworks: ['127.0.0.0/8'] } });
  key = (await api.admin.post('/api-keys', { name: 'Consumer', role: 'viewer' })).body.key as string;
  item = (await api.operator.post('/items', { sku: 'CONSUMED', name: 'Consumed' })).body.id as string;
});
afterAll(() => api.close());

const receive = async () =>
  (
    await api.operator.post('/movements', {
      type: 'receipt',
      lines: [{ item, location: { code: 'MAIN' }, quantity: 1 }],
    })
  ).body.id as string;

it('the receiver of docs/events.md takes what Stockroom has signed once, and refuses everything else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-receiver-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'receive.ts'), programNamed('receive.ts'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const { id, secret } = (await api.admin.post('/webhooks', { url, types: ['movement'] })).body;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'receive.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: String(port), STOCKROOM_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (printed) => (output += String(printed)));
  const forged = async () => (await fetch(url, { method: 'POST', body: '{"type":"forged"}', headers: { 'webhook-id': '1-1', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': `v1,${'A'.repeat(43)}=` } })).status; // prettier-ignore
  await until('it listens', () => forged().catch(() => undefined));
  await receive();
  await until('the event is printed', () => output.includes('movement.posted'));
  const [delivery] = await until('it is in the log', async () => {
    const { items } = (await api.admin.get(`/webhooks/${id}/deliveries`)).body;
    return items.length > 0 && items;
  });
  await api.admin.post(`/webhooks/${id}/deliveries/${delivery.id}/redeliver`);
  const isDelivered = async () =>
    (await api.admin.get(`/webhooks/${id}/deliveries?state=delivered`)).body.items.length === 2;
  await until('it is sent again', isDelivered);
  expect(await forged()).toBe(401);
  expect(output).toBe(`${delivery.eventId} movement.posted\n`);
  child.kill();
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
});

describe('a consumer of docs/events.md prints each movement once, and the second time those that came since:', () => {
  (canRun ? it : it.skip).each([
    ['follow.ts', process.execPath, ['--disable-warning=ExperimentalWarning']],
    ['follow.py', 'python3', []],
    ['follow.sh', 'sh', []],
  ])('%s', async (name, command, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'stockroom-consumer-'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, name), programNamed(name));
    const follow = async () => {
      const env = { PATH: process.env.PATH, STOCKROOM_URL: api.url, STOCKROOM_KEY: key };
      const { stdout } = await run(command, [...options, name], { cwd: folder, env });
      return stdout.split('\n').filter((line) => line !== '');
    };
    const [first, second] = [await receive(), await receive()];
    expect((await follow()).slice(-2)).toEqual([`movement.posted ${first}`, `movement.posted ${second}`]);
    const third = await receive();
    expect(await follow()).toEqual([`movement.posted ${third}`]);
    expect(await follow()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

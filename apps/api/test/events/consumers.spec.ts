import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';

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
  api = await startApi();
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

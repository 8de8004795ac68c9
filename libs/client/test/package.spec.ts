import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../test/support/api.ts';

const run = promisify(execFile);
const example = /^```ts\n([^]*?)^```$/m.exec(readFileSync('docs/client.md', 'utf8'))![1]!;
const wrong = `
import { createStockroomClient } from '@stockroom/client';
const client = createStockroomClient({ url: '' });
await client.GET('/api/v1/nothing');
await client.POST('/api/v1/movements', { body: { type: 'receipt', lines: 3 } });
(await client.GET('/api/v1/items')).data.items[0]!.colour;
`;
const options = { module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, lib: ['ES2024'], types: ['node'], typeRoots: [resolve('node_modules/@types')] }; // prettier-ignore

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stockroom-client-'));
  const npm = (args: string[], cwd: string) => run('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd });
  const { stdout } = await npm(['pack', '--json', '--pack-destination', folder], resolve('libs/client'));
  const [{ filename }] = Object.values(JSON.parse(stdout)) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  // What it depends on is there already, so that no network is needed.
  const dependencies = ['openapi-fetch', 'eventsource-parser'].map((name) => resolve('node_modules', name));
  await npm(['install', '--ignore-scripts', filename, ...dependencies], folder);
  writeFileSync(join(folder, 'receive.ts'), example);
  api = await startApi();
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

it('compiles in a project of its own, where the compiler finds what the API does not have', async () => {
  writeFileSync(join(folder, 'wrong.ts'), wrong);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error);
  const violations = [...stdout.matchAll(/^(.*)\((\d+),\d+\): error/gm)].map(
    ([, file, line]) => `${basename(file!)} ${line}`,
  );
  expect(violations).toEqual(['wrong.ts 4', 'wrong.ts 5', 'wrong.ts 6']);
});

it('books a receipt as docs/client.md shows it', async () => {
  await api.operator.post('/items', { sku: 'MUG-01', name: 'Mug' });
  const { key } = (await api.admin.post('/api-keys', { name: 'Program', role: 'operator' })).body;
  const { stdout } = await run(process.execPath, ['receive.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, STOCKROOM_URL: api.url, STOCKROOM_KEY: key },
  });
  expect(stdout.trim().split('\n')).toEqual([
    'booked 12',
    'refused A line asks for more than is available; nothing was applied.',
    'item MUG-01',
    'event movement.posted',
  ]);
});

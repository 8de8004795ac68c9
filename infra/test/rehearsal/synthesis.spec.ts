import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { accountVariables } from '../support/emulator/account-variables.ts';

const run = promisify(execFile);

/** Every file that Terraform is given, by its path. The folder holds the state, whose path is in them. */
async function synthesised(
  folder: string,
  ENVIRONMENT: string,
  variables: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  const program = [resolve('infra/main.ts')];
  writeFileSync(join(folder, 'cdktf.json'), readFileSync('cdktf.json'));
  const { PATH, HOME } = process.env;
  await run(process.execPath, program, { cwd: folder, env: { PATH, HOME, ENVIRONMENT, ...variables } });
  const files = readdirSync(join(folder, 'cdktf.out/stacks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, readFileSync(join(folder, 'cdktf.out/stacks', file), 'utf8')]);
  return Object.fromEntries(files);
}

it.each(['sandbox', 'lab'])('rehearsing %s changes not one byte of what Terraform is given', async (environment) => {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-synthesis-'));
  const [plain, rehearsed] = [
    await synthesised(folder, environment, {}),
    await synthesised(folder, environment, accountVariables('http://10.201.0.1:4566')),
  ];
  expect(Object.keys(plain).length).toBeGreaterThan(1);
  expect(rehearsed).toEqual(plain);
});

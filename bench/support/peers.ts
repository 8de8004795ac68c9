import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../peers/proxies');

/** Installs what bench/peers/proxies/package.json names, where that has not been done yet. @throws Error where npm fails */
export function installPeers(): void {
  if (existsSync(resolve(FOLDER, 'node_modules'))) return;
  console.error('Installing the peers …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', FOLDER], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The peers of bench/peers/proxies/package.json could not be installed.');
}
